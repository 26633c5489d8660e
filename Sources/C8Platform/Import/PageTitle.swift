/// Finds the page of the catalogue that a saved page is, by its title.
struct PageTitle {
    private let entries: [String: CatalogueEntry]

    init(_ catalogue: Catalogue) {
        entries = Dictionary(
            catalogue.entries.map { (CellText.key($0.title), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameters:
    ///   - htmlTitle: the text of `<title>`.
    ///   - name: the page's file, whose name is the last resort.
    func find(in blocks: [PageBlock], htmlTitle: String?, name: String) -> CatalogueEntry? {
        // A menu lists all titles; the page's own stands last before its content begins.
        var last: CatalogueEntry?
        search: for block in blocks {
            switch block {
            case .paragraph(let text, _):
                if let entry = entry(text) { last = entry }
            case .heading(let text, _):
                if let entry = entry(text) { return entry }
                if last != nil { break search }
            case .table, .code:
                break search
            }
        }
        if let last { return last }
        for block in blocks {
            if case .heading(let text, _) = block, let entry = entry(text) { return entry }
        }
        if let htmlTitle {
            if let entry = entry(htmlTitle) { return entry }
            for part in htmlTitle.split(whereSeparator: { "|_–—·".contains($0) }) {
                if let entry = entry(part) { return entry }
            }
            // " - " may be part of a title, so the beginnings are tried, the longest first.
            var parts = htmlTitle.split(separator: "-")
            while parts.count > 1 {
                parts.removeLast()
                if let entry = entry(parts.joined(separator: "-")) { return entry }
            }
        }
        let file = name.split(separator: "/").last ?? ""
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        return entry(stem) ?? entries.values.first { $0.id.rawValue == stem }
    }

    /// The titles nearest to what stands on top of a page, for the message where none fits.
    func nearest(to blocks: [PageBlock]) -> [String] {
        let texts = blocks.prefix(400).compactMap { block -> String? in
            switch block {
            case .heading(let text, _): text
            case .paragraph(let text, _) where text.count < 60: text
            default: nil
            }
        }
        for text in texts.prefix(20) {
            let near = NearestNames.find(CellText.key(text), among: entries.keys, limit: 3)
            if !near.isEmpty { return near.compactMap { entries[$0]?.title } }
        }
        return []
    }

    private func entry(_ text: some StringProtocol) -> CatalogueEntry? {
        guard text.utf8.count <= 300 else { return nil }
        let key = CellText.key(text)
        if let entry = entries[key] { return entry }
        // "3.2 创建生产订单", "一、创建生产订单"
        let bare = key.drop { $0.isNumber || ".、)".contains($0) || "一二三四五六七八九十".contains($0) }
        return bare.count < key.count ? entries[String(bare)] : nil
    }
}
