import C8Platform
import C8Run
import C8Terminal
import OrderedCollections
import Testing

@testable import C8RunCLI

@Suite struct ReplCompleterTests {
    private static let binding: Binding? = {
        let item = FieldSchema(
            type: .object, fields: ["sku": FieldSchema(type: .string), "count": FieldSchema(type: .integer)])
        let fields: [(String, FieldSchema)] = [
            ("orderNo", FieldSchema(type: .string, required: true)), ("orderDate", FieldSchema(type: .string)),
            ("lines", FieldSchema(type: .array, items: item)), ("数量", FieldSchema(type: .integer)),
        ]
        guard let path = try? PathTemplate("/emulator/orders") else { return nil }
        return Binding(
            id: OperationID("production.orders.create"), method: .post, path: path,
            request: .init(uniqueKeysWithValues: fields))
    }()

    private let completer = ReplCompleter(
        names: { path in
            switch path {
            case []:
                [
                    PromptName("print", .function), PromptName("pairs", .function), PromptName("order", .table),
                    PromptName("_x", .value),
                ]
            case ["order"]: [PromptName("id", .value), PromptName("__hidden", .value), PromptName("a b", .value)]
            default: []
            }
        },
        binding: { $0.rawValue == "production.orders.create" ? Self.binding : nil })

    private func completed(_ line: String, pending: String = "", columns: Int = 80) async -> (
        line: String, shown: String?
    ) {
        let completion = await completer.complete(pending: pending, line: line, columns: columns)
        guard let inserted = completion.inserted else { return (line, completion.shown) }
        let kept = line.utf8.dropLast(completion.replacedBytes)
        return (String(decoding: Array(kept) + Array(inserted.utf8), as: UTF8.self), completion.shown)
    }

    static let lines: [(typed: String, completed: String)] = [
        ("pri", "print"), ("x = pai", "x = pairs"), ("p", "p"), ("zzz", "zzz"), ("loc", "local"),
        ("order.", "order.id"),
        ("c8.js", "c8.json"), ("c8.production.ord", "c8.production.orders"),
        ("c8.production.orders.create{ orderN", "c8.production.orders.create{ orderNo = "),
        ("c8.production.orders.create{ or", "c8.production.orders.create{ order"),
        ("c8.production.orders.create{ orderNo = 1, orderD", "c8.production.orders.create{ orderNo = 1, orderDate = "),
        ("c8.production.orders.create{ lines = {{ s", "c8.production.orders.create{ lines = {{ sku = "),
        ("c8.call('production.orders.create', { l", "c8.call('production.orders.create', { lines = "),
        ("require \"c8.js", "require \"c8.json\""), (":he", ":help "), (":qu", ":quit"), (":type pri", ":type print"),
        (":help ke", ":help keys"), ("", "  "), ("    ", "      "), ("-- pri", "-- pri"), ("'pri", "'pri"),
    ]

    @Test(arguments: lines)
    func tabCompletes(_ typed: String, _ expected: String) async {
        #expect(await completed(typed).line == expected)
    }

    @Test func severalNamesAreShown() async {
        let shown = await completed("p").shown
        #expect(shown == "pairs  print\n")
        #expect(await completed("c8.", columns: 40).shown?.contains("production") == true)
        #expect(await completed("order.").shown == nil)
    }

    @Test func linesBeforeCount() async {
        let pending = "c8.production.orders.create{\n  orderNo = 1,\n"
        #expect(await completed("  lin", pending: pending).line == "  lines = ")
        #expect(await completed("pri", pending: "--[[ a comment\n").line == "pri")
    }

    @Test func listIsInColumnsOfEqualWidth() {
        #expect(CandidateList.table(["a", "中文", "bbbb", "c"], columns: 14) == "a     bbbb\n中文  c\n")
        #expect(CandidateList.table((0..<201).map { "n\($0)" }, columns: 80).hasSuffix("… 1 more\n"))
    }
}
