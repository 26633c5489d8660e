import C8Platform
import OrderedCollections

/// What `api import` says of one page.
enum ImportText {
    static func lines(_ page: ImportedPage, _ change: BindingsUpdate.Change) -> String {
        var text = "\(change.rawValue) \(page.id) \(summary(page)) (\(page.page))"
        if change == .kept { text += "; it was edited by hand: --force replaces it" }
        text = TerminalText.line(text) + "\n"
        for note in page.notes { text += "  \(TerminalText.line(note.description))\n" }
        return text
    }

    private static func summary(_ page: ImportedPage) -> String {
        let value = page.content.value
        switch page.content {
        case .operation:
            let (request, response) = (value["request"]?.objectValue?.count, value["response"]?.objectValue?.count)
            return "\(value["method"]?.stringValue ?? "") \(value["path"]?.stringValue ?? ""), "
                + "\(request ?? 0) fields sent, \(response ?? 0) received, \(value["errors"]?.objectValue?.count ?? 0) codes, "
                + "effect \(value["effect"]?.stringValue ?? "")\(page.guessed.contains("effect") ? " (guessed)" : "")"
        case .reference:
            return "\(value["columns"]?.arrayValue?.count ?? 0) columns, \(value["rows"]?.arrayValue?.count ?? 0) rows"
        }
    }
}
