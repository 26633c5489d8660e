import ArgumentParser

extension ArgumentHelp {
    /// The help of an option or argument, in the language of this task.
    init(_ key: OptionMessage, discussion: String? = nil, valueName: String? = nil) {
        self.init(key.text, valueName: valueName)
        if let discussion { self.discussion = discussion }
    }

    /// The same for the options of the queue's commands.
    init(_ key: JobOptionMessage, valueName: String? = nil) {
        self.init(key.text, valueName: valueName)
    }
}
