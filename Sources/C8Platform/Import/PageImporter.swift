import OrderedCollections

/// Turns saved pages of the platform's documentation into entries of a bindings file: Markdown as the site exports it,
/// the same on one line with the site's menu and buttons around it, and HTML saved from a browser.
///
/// Pure: the same bytes always give the same result.
package struct PageImporter: Sendable {
    private let titles: @Sendable ([PageBlock], String?, String) -> CatalogueEntry?
    private let nearestTitles: @Sendable ([PageBlock]) -> [String]

    /// An importer for the pages of a catalogue.
    package init(catalogue: Catalogue = .standard) {
        let titles = PageTitle(catalogue)
        self.titles = { titles.find(in: $0, htmlTitle: $1, name: $2) }
        nearestTitles = { titles.nearest(to: $0) }
    }

    /// Pages of one run; of two with one title neither is imported, since nobody can tell which is meant.
    package func read(_ pages: [(name: String, bytes: [UInt8])]) -> [Result<ImportedPage, ImportError>] {
        var results: [Result<ImportedPage, ImportError>] = []
        var names: [OperationID: [String]] = [:]
        for page in pages {
            do throws(ImportError) {
                let imported = try read(page.bytes, name: page.name)
                names[imported.id, default: []].append(page.name)
                results.append(.success(imported))
            } catch {
                results.append(.failure(error))
            }
        }
        return results.map { result in
            guard case .success(let page) = result, let same = names[page.id], same.count > 1 else { return result }
            let others = same.filter { $0 != page.page }
            return .failure(
                ImportError(
                    kind: .duplicate, page: page.page,
                    message:
                        "it is the page \(page.id), and so is \(others.isEmpty ? "the same file again" : others.joined(separator: ", ")); "
                        + "import the one that is right"))
        }
    }

    /// One page.
    ///
    /// - Parameter name: its file, for messages; its last part may be the page's title.
    /// - Throws: ``ImportError`` for what is no page of the catalogue, or lacks what a binding needs.
    package func read(_ bytes: [UInt8], name: String) throws(ImportError) -> ImportedPage {
        guard let text = PageDecoder.text(bytes) else {
            throw ImportError(
                kind: .notText, page: name,
                message: "it is no text in UTF-8, UTF-16 or GB18030; export the page as Markdown, or save it as HTML")
        }
        let blocks: [PageBlock]
        var htmlTitle: String?
        if HTMLReader.isHTML(text) {
            let html = HTMLReader.read(text)
            blocks = html.blocks
            htmlTitle = html.title
        } else {
            blocks = MarkdownReader.read(text)
        }
        guard let entry = titles(blocks, htmlTitle, name) else {
            let near = nearestTitles(blocks)
            throw ImportError(
                kind: .unknownTitle, page: name,
                message: "no title of the catalogue was found in it"
                    + (near.isEmpty
                        ? "; it should stand above the content, as c8run api list shows it, or be the file's name"
                        : "; near what is in it: " + near.joined(separator: ", ")))
        }
        switch entry.kind {
        case .guide:
            throw ImportError(
                kind: .guide, page: name,
                message: "\(entry.id) (\(entry.title)) is a guide for people, which has nothing to import")
        case .reference: return try reference(entry, blocks, name)
        case .operation: return try operation(entry, PageAnalysis(blocks), name)
        }
    }

    // MARK: Operations

    private func operation(
        _ entry: CatalogueEntry, _ page: PageAnalysis, _ name: String
    ) throws(ImportError) -> ImportedPage {
        guard let method = page.method, let path = page.path else {
            let missing = page.method == nil ? page.path == nil ? "neither method nor path" : "no method" : "no path"
            throw ImportError(
                kind: .incomplete, page: name,
                message:
                    "\(entry.id) (\(entry.title)): \(missing) was found in it, such as a row 请求方法 | POST or 请求路径 | "
                    + "/x/y; is the page whole?")
        }
        var notes = page.notes
        for field in (try? PathTemplate(path))?.fieldNames ?? [] where !page.request.names.contains(field) {
            notes.append(
                ImportNote(
                    line: nil,
                    message: "the path \(path) has the placeholder {\(field)}, which no table of the page explains"))
        }
        var members: OrderedDictionary<String, JSONValue> = [
            "method": .string(method.rawValue), "path": .string(path),
            "effect": .string(EffectGuess.effect(of: entry, method: method).rawValue),
            "request": FieldDraft.json(page.request.fields), "response": FieldDraft.json(page.response.fields),
        ]
        var errors: OrderedDictionary<String, JSONValue> = [:]
        for (code, meaning) in page.errors { errors[String(code)] = .string(meaning) }
        members["errors"] = .object(errors)
        members["source"] = .string(entry.title)
        if let paging = PagingGuess.paging(page) { members["paging"] = paging }
        if page.isMultipart { members["multipart"] = true }
        if page.isDownload { members["download"] = true }
        return ImportedPage(
            id: entry.id, page: name, content: .operation(.object(members)), guessed: ["effect"], notes: notes)
    }

    // MARK: Reference pages

    /// The largest table of the page is its content.
    private func reference(
        _ entry: CatalogueEntry, _ blocks: [PageBlock], _ name: String
    ) throws(ImportError) -> ImportedPage {
        var tables: [PageTable] = []
        for block in blocks {
            if case .table(let table) = block, table.rows.count > 1 { tables.append(table) }
        }
        // A long list may be cut into several tables with one head.
        let heads = tables.max { $0.rows.count < $1.rows.count }?.rows.first?.cells
        guard let heads else {
            throw ImportError(
                kind: .incomplete, page: name,
                message: "\(entry.id) (\(entry.title)): there is no table in it; is the page whole?")
        }
        var notes: [ImportNote] = []
        var rows: [JSONValue] = []
        for table in tables where table.rows.first?.cells == heads {
            for row in table.rows.dropFirst() {
                if row.cells.count != heads.count {
                    notes.append(
                        ImportNote(
                            line: row.line,
                            message:
                                "the row \"\(row.cells.first ?? "")\" has \(row.cells.count) of \(heads.count) cells; filled up or cut"
                        ))
                }
                rows.append(
                    .array(
                        heads.indices.map { column in
                            .string(row.cells.indices.contains(column) ? CellText.trimmed(row.cells[column]) : "")
                        }))
            }
        }
        let value: JSONValue = [
            "columns": .array(heads.map { .string(CellText.trimmed($0)) }), "rows": .array(rows),
            "source": .string(entry.title),
        ]
        return ImportedPage(id: entry.id, page: name, content: .reference(value), guessed: [], notes: notes)
    }
}
