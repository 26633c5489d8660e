import ArgumentParser

extension ArgumentHelp {
    /// The help of an option or argument, in the language of this task.
    init(_ key: OptionMessage, discussion: String? = nil, valueName: String? = nil) {
        self.init(key.text, valueName: valueName)
        if let discussion { self.discussion = discussion }
    }
}
