import C8Platform
import Testing

@testable import C8Flow

@Suite struct RejectionFieldsTests {
    private static let batch = batches(of: ["100", "101", "102", "101"], BatchPlan())[0]

    struct Row: Sendable {
        let data: JSONValue
        let answer: BatchAnswer
    }

    @Test(arguments: [
        // Nothing is said of rows.
        Row(data: nil, answer: .accepted(4)), Row(data: [], answer: .accepted(4)),
        Row(data: "done", answer: .accepted(4)),
        Row(data: [:], answer: .accepted(4)), Row(data: ["rejected": nil, "id": 5], answer: .accepted(4)),
        Row(data: ["rejected": []], answer: .accepted(4)),
        // Values alone, also as numbers; the second of equal values is its second row.
        Row(
            data: ["rejected": ["102", 100]],
            answer: BatchAnswer(accepted: 2, rejected: 2, rows: [RowRejection(index: 2), RowRejection(index: 0)])),
        Row(
            data: ["rejected": ["101", "101"]],
            answer: BatchAnswer(accepted: 2, rejected: 2, rows: [RowRejection(index: 1), RowRejection(index: 3)])),
        Row(
            data: ["rejected": ["999"]],
            answer: BatchAnswer(accepted: 3, rejected: 1, rows: [RowRejection(index: nil, value: "999")])),
        // Objects: `code` is the value where it is one of the request's, else the platform's code.
        Row(
            data: ["rejected": [["code": "102", "message": "used"]]],
            answer: BatchAnswer(accepted: 3, rejected: 1, rows: [RowRejection(index: 2, message: "used")])),
        Row(
            data: ["rejected": [["value": "102", "code": 2115, "reason": "used"]]],
            answer: BatchAnswer(accepted: 3, rejected: 1, rows: [RowRejection(index: 2, code: 2115, message: "used")])),
        Row(
            data: ["rejected": [["code": "102", "errorCode": "2115", "msg": "used"]]],
            answer: BatchAnswer(accepted: 3, rejected: 1, rows: [RowRejection(index: 2, code: 2115, message: "used")])),
        Row(
            data: ["rejected": [["value": "999", "code": 2115]]],
            answer: BatchAnswer(accepted: 3, rejected: 1, rows: [RowRejection(index: nil, value: "999", code: 2115)])),
        Row(
            data: ["rejected": [nil]],
            answer: BatchAnswer(accepted: 3, rejected: 1, rows: [RowRejection(index: nil)])),
        // Numbers alone, and numbers that do not add up.
        Row(data: ["rejected": 1], answer: BatchAnswer(accepted: 3, rejected: 1)),
        Row(data: ["accepted": 3], answer: BatchAnswer(accepted: 3, rejected: 1)),
        Row(data: ["accepted": "2", "duplicate": 1], answer: BatchAnswer(accepted: 2, rejected: 1, duplicate: 1)),
        Row(data: ["duplicate": ["100", "101"]], answer: BatchAnswer(accepted: 2, duplicate: 2)),
        Row(data: ["accepted": 99, "rejected": 99, "duplicate": -1], answer: BatchAnswer(accepted: 4)),
        Row(data: ["accepted": -5], answer: BatchAnswer(accepted: 0, rejected: 4)),
        Row(data: ["duplicate": 99, "rejected": 99], answer: BatchAnswer(accepted: 0, duplicate: 4)),
    ])
    func answerSaysWhatBecameOfTheRows(row: Row) {
        let answer = RejectionFields().read(row.data, of: Self.batch.slice, in: Self.batch)
        #expect(answer == row.answer)
        #expect(answer.accepted + answer.rejected + answer.duplicate == 4)
    }

    @Test func namesCanBeGiven() {
        var fields = RejectionFields()
        fields.rejected = ["failList"]
        fields.value = ["qrcode"]
        fields.message = ["errMsg"]
        let data: JSONValue = ["failList": [["qrcode": "100", "errMsg": "已存在", "code": 5]]]
        let answer = fields.read(data, of: Self.batch.slice, in: Self.batch)
        #expect(answer.rows == [RowRejection(index: 0, code: 5, message: "已存在")])
    }

    @Test func rowsOutsideTheSliceAreNotMeant() {
        let slice = UploadSlice(batch: 0, rows: 2..<4)
        let answer = RejectionFields().read(["rejected": ["101", "100"]], of: slice, in: Self.batch)
        #expect(answer.rows == [RowRejection(index: 3), RowRejection(index: nil, value: "100")])
    }

    @Test func reportNamesLineAndValue() {
        #expect(
            Self.batch.row(RowRejection(index: 2, code: 5, message: "used"))
                == RejectedRow(line: 3, value: "102", code: 5, message: "used"))
        #expect(Self.batch.row(RowRejection(index: nil, value: "9")) == RejectedRow(line: nil, value: "9"))
    }
}
