import C8HTTP
import C8Platform
import OrderedCollections
import Testing

@testable import C8Client

struct MultipartFormTests {
    private func text(
        _ fields: OrderedDictionary<String, JSONValue>, files: [CallFile] = [], step: Int = 1 << 16
    ) throws -> String {
        let upload = try MultipartForm(fields: fields, files: files, boundary: "B").upload
        var bytes: [UInt8] = []
        while Int64(bytes.count) < upload.length { bytes += try upload.read(Int64(bytes.count), step) }
        #expect(Int64(bytes.count) == upload.length)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func file(_ field: String, _ name: String, _ content: String, type: String = "text/csv") -> CallFile {
        let bytes = Array(content.utf8)
        return CallFile(field: field, name: name, type: type, size: Int64(bytes.count)) { offset, count in
            Array(bytes[Int(offset)..<min(bytes.count, Int(offset) + count)])
        }
    }

    @Test(arguments: [1, 7, 65_536]) func partsComeInTheirOrderHoweverTheyAreRead(step: Int) throws {
        let form = try text(
            ["orderNo": "名-1", "count": 5, "tags": ["a", 2], "nested": ["x": [1]], "none": nil],
            files: [file("file", "c.csv", "1\n2\n"), file("file", "d.csv", "")], step: step)
        let field = "--B\r\nContent-Disposition: form-data; name="
        #expect(
            form == """
                \(field)"orderNo"\r\n\r\n名-1\r
                \(field)"count"\r\n\r\n5\r
                \(field)"tags"\r\n\r\na\r
                \(field)"tags"\r\n\r\n2\r
                \(field)"nested"\r\nContent-Type: application/json\r\n\r\n{"x":[1]}\r
                \(field)"file"; filename="c.csv"\r\nContent-Type: text/csv\r\n\r\n1\n2\n\r
                \(field)"file"; filename="d.csv"\r\nContent-Type: text/csv\r\n\r\n\r
                --B--\r\n
                """)
    }

    @Test func aNameCannotEndItsQuotesOrItsLine() throws {
        let form = try text(["a\"\r\nX: y": "v"], files: [file("f", "\"\r\n\r\n.csv", "")])
        #expect(form.contains("name=\"a%22%0D%0AX: y\"\r\n\r\nv\r\n"))
        #expect(form.contains("filename=\"%22%0D%0A%0D%0A.csv\"\r\nContent-Type: text/csv\r\n\r\n\r\n"))
    }

    @Test func theBoundaryIsNotToBeForeseen() throws {
        let first = try MultipartForm(fields: [:], files: []).contentType
        #expect(try MultipartForm(fields: [:], files: []).contentType != first)
        #expect(first.hasPrefix("multipart/form-data; boundary=c8run-"))
    }

    @Test(
        arguments: [
            (200, ["Content-Type: text/csv"], true), (200, ["Content-Type: application/json;charset=UTF-8"], false),
            (200, ["Content-Type: application/json", "Content-Disposition: attachment; filename=a.json"], true),
            (200, ["Content-Type: text/html"], false), (200, [], true), (404, ["Content-Type: text/csv"], false),
        ] as [(Int, [String], Bool)])
    func aFileIsToldFromAnEnvelope(status: Int, headers: [String], isFile: Bool) {
        #expect(DownloadedFile.isFile(status: status, headers: pairs(headers)) == isFile)
    }

    @Test(arguments: [
        ("attachment; filename=\"a b.csv\"", "a b.csv"), ("attachment; filename=../../etc/passwd", "passwd"),
        ("attachment; filename=x; filename*=UTF-8''%E7%A0%81.txt", "码.txt"), ("inline", nil),
        ("attachment; filename=..", nil),
        ("attachment; filename*=UTF-8''%2e%2e%2fx", "x"),
    ])
    func aNameIsNeverAPath(disposition: String, name: String?) {
        let response = HTTPResponse(status: 200, headers: [("Content-Disposition", disposition)])
        #expect(DownloadedFile(response, hiding: Secret("a token")).name == name)
    }

    private func pairs(_ lines: [String]) -> [(name: String, value: String)] {
        lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), String(parts[1].dropFirst()))
        }
    }
}
