import OrderedCollections

/// Reads what a page of an operation says, from top to bottom.
///
/// Headings and the words above a table decide what it is about; where they say nothing, its columns do, and the order
/// in which pages tell things: the request first, then the answer, then the codes.
struct PageAnalysis {
    private(set) var method: HTTPMethod?
    private(set) var path: String?
    private(set) var request = FieldTree()
    private(set) var response = FieldTree()
    private(set) var errors: OrderedDictionary<Int64, String> = [:]
    private(set) var isMultipart = false
    private(set) var isDownload = false
    private(set) var notes: [ImportNote] = []

    private var section = PageSection.unknown
    /// The words right above what comes next.
    private var caption = ""
    private var sawResponse = false
    private var requestExample: JSONValue?
    private var responseExample: JSONValue?

    init(_ blocks: [PageBlock]) {
        for block in blocks {
            switch block {
            case .heading(let text, let line):
                enter(text)
                read(text, line: line)
            case .paragraph(let text, let line):
                if text.count <= 80 { enter(text) }
                read(text, line: line)
            case .code(let text, let line):
                read(text, line: line)
                readExample(text, line: line)
            case .table(let table): read(table)
            }
        }
        finish()
    }

    // MARK: Words

    private mutating func enter(_ text: String) {
        caption = text
        guard let section = PageSection(text) else { return }
        self.section = section
        if section == .response { sawResponse = true }
    }

    /// A line of text: a call, `请求路径:/x`, a media type, an example.
    private mutating func read(_ text: String, line: Int) {
        for part in text.split(whereSeparator: \.isNewline) {
            if method == nil || path == nil, let (method, path) = EndpointText.call(String(part)) {
                if self.method == nil { self.method = method }
                if self.path == nil { self.path = path }
            }
            // One line may say several things: "接口地址:/x 请求方式:POST".
            var rest = part.prefix(2000)
            for _ in 0..<20 {
                guard let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" }) else { break }
                let value = rest[rest.index(after: colon)...]
                let key = rest[..<colon].split(whereSeparator: \.isWhitespace).last ?? ""
                read(key: String(key), value: String(value))
                rest = value
            }
            readMedia(String(part))
        }
        if JSONExample.isLikely(in: text) { readExample(text, line: line) }
    }

    private mutating func read(key: String, value: String) {
        guard key.count <= 40 else { return }
        let key = CellText.key(key)
        if method == nil, EndpointText.methodKeys.contains(key) { method = EndpointText.method(value) }
        guard EndpointText.pathKeys.contains(key) else { return }
        if method == nil, let (method, _) = EndpointText.call(CellText.trimmed(value)) { self.method = method }
        if path == nil { path = EndpointText.path(CellText.trimmed(value)) }
    }

    private mutating func readMedia(_ text: String) {
        let key = CellText.key(text)
        if key.contains("multipart/form-data") { isMultipart = true }
        let isFile = ["application/octet-stream", "文件流", "二进制流", "返回文件", "输出文件", "下载文件"].contains { key.contains($0) }
        if isFile, section == .response || sawResponse || key.contains("响应") || key.contains("返回") { isDownload = true }
    }

    private mutating func readExample(_ text: String, line: Int) {
        guard JSONExample.isLikely(in: text) else { return }
        guard let value = JSONExample.find(in: text) else {
            if section == .request || section == .response {
                notes.append(ImportNote(line: line, message: "an example that is not JSON, passed over"))
            }
            return
        }
        // Without a word above it, an example with the envelope's fields is an answer.
        let isAnswer = section == .response || value["code"] != nil && value["data"] != nil
        if isAnswer {
            if responseExample == nil { responseExample = value }
        } else if requestExample == nil, [.request, .unknown].contains(section) {
            requestExample = value
        }
    }

    // MARK: Tables

    private mutating func read(_ table: PageTable) {
        guard let heads = table.rows.first else { return }
        let columns = TableColumns(heads.cells)
        if columns.describesFields {
            readFields(table, columns)
        } else if columns.describesCodes {
            readCodes(table, columns)
        } else {
            readFacts(table)
        }
        caption = ""
    }

    /// Rows of a name and what it says, such as the method and the path.
    private mutating func readFacts(_ table: PageTable) {
        for row in table.rows {
            guard let name = row.cells.first else { continue }
            let value = row.cells.dropFirst().joined(separator: " ")
            read(key: name, value: value)
            if let inside = PageSection(name) {
                section = inside
                if inside == .response { sawResponse = true }
            }
            readMedia(name + " " + value)
            readExample(value.isEmpty ? name : value, line: row.line)
            if method == nil || path == nil, let (method, path) = EndpointText.call(CellText.trimmed(value)) {
                self.method = self.method ?? method
                self.path = self.path ?? path
            }
        }
    }

    private mutating func readCodes(_ table: PageTable, _ columns: TableColumns) {
        guard let codeColumn = columns.code, let textColumn = columns.description else { return }
        for row in table.rows.dropFirst() {
            guard row.cells.count > max(codeColumn, textColumn) else {
                note(row, "has \(row.cells.count) of \(table.rows[0].cells.count) cells; passed over")
                continue
            }
            let text = CellText.trimmed(row.cells[codeColumn])
            guard let code = Int64(text) else {
                if section == .codes { note(row, "\"\(text)\" is no code; passed over") }
                continue
            }
            if errors[code] == nil { errors[code] = CellText.trimmed(row.cells[textColumn]) }
        }
    }

    private mutating func readFields(_ table: PageTable, _ columns: TableColumns) {
        let heads = table.rows[0].cells.count
        let isAnswer = section == .response || section == .codes || section == .unknown && sawResponse
        var tree = isAnswer ? response : request
        tree.begin(under: caption)
        for row in table.rows.dropFirst() {
            if row.cells.count < heads {
                note(row, "has \(row.cells.count) of \(heads) cells; what is there was read")
            } else if row.cells.count > heads {
                note(row, "has \(row.cells.count) cells under \(heads) heads; what is too much was left out")
            }
            guard let field = field(row, columns) else { continue }
            if section == .headers {
                let name = CellText.key(field.name)
                if !["content-type", "authorization", "accept"].contains(name) {
                    note(row, "the header \(field.name) is not sent by a binding; give it in opts.headers")
                }
                continue
            }
            if let problem = tree.add(field, path: row.cells[columns.name ?? 0]) { note(row, problem) }
        }
        if isAnswer { response = tree } else if section != .headers { request = tree }
    }

    private mutating func field(_ row: PageTable.Row, _ columns: TableColumns) -> FieldDraft? {
        func cell(_ column: Int?) -> String? {
            guard let column, row.cells.indices.contains(column) else { return nil }
            return CellText.trimmed(row.cells[column])
        }
        guard let name = cell(columns.name), !name.isEmpty else {
            if row.cells.contains(where: { !CellText.trimmed($0).isEmpty }) { note(row, "has no name; passed over") }
            return nil
        }
        let typeText = cell(columns.type) ?? ""
        let type = FieldTypeText(typeText)
        if !type.isKnown { note(row, "the type \"\(typeText)\" is not known; taken for any") }
        let requiredText = cell(columns.required) ?? ""
        let required = columns.required == nil ? false : columns.isRequired(requiredText)
        if required == nil {
            note(row, "\"\(requiredText)\" is neither yes nor no for a required field; taken for no")
        }
        let description = cell(columns.description).flatMap { $0.isEmpty ? nil : $0 }
        return FieldDraft(
            name: name, type: type, isRequired: required ?? false, description: description,
            example: cell(columns.example).flatMap { Self.example($0, type) }, line: row.line)
    }

    private static func example(_ text: String, _ type: FieldTypeText) -> JSONValue? {
        if text.isEmpty || text == "-" || text == "/" { return nil }
        switch type.type {
        case .integer: return Int64(text).map { .integer($0) }
        case .number: return (try? JSONParser.parse(Array(text.utf8))).flatMap { $0.numberValue == nil ? nil : $0 }
        case .boolean: return text == "true" ? true : text == "false" ? false : nil
        case .object, .array: return JSONExample.find(in: text)
        case .file: return nil
        case .string, .any: return .string(text)
        }
    }

    private mutating func note(_ row: PageTable.Row, _ message: String) {
        let name = row.cells.first.map { CellText.trimmed($0) } ?? ""
        notes.append(ImportNote(line: row.line, message: "the row \"\(name.prefix(40))\" \(message)"))
    }

    // MARK: The whole

    private mutating func finish() {
        if let requestExample { request.learn(from: requestExample) }
        response.unwrapEnvelope(example: responseExample)
        if request.contains(type: .file) { isMultipart = true }
        if isDownload, !response.fields.isEmpty { isDownload = false }
    }
}
