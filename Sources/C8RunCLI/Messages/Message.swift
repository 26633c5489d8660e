/// One text in every language. Places for values are written `{name}`, the same ones in each language.
struct Message: Sendable {
    let english: String
    let chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The text in the language of this task.
    var text: String { text(in: .current) }

    func text(in language: Language) -> String {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }
}
