import Synchronization

/// An operation's entry in a long bindings file, read when the operation is first called.
final class UnreadBinding: Sendable {
    private let id: OperationID
    private let file: BindingFileReader
    private let part: UnreadPart
    private let result = Mutex<Result<Binding, BindingError>?>(nil)

    init(id: OperationID, file: BindingFileReader, part: UnreadPart) {
        self.id = id
        self.file = file
        self.part = part
    }

    func binding() throws(BindingError) -> Binding {
        let result = result.withLock { result -> Result<Binding, BindingError> in
            if let result { return result }
            let made = read()
            result = made
            return made
        }
        return try result.get()
    }

    private func read() -> Result<Binding, BindingError> {
        do throws(BindingError) {
            let path = JSONPath.root.key("operations").key(id.rawValue)
            return .success(try file.binding(id: id, try part.node(at: path, of: file)))
        } catch {
            return .failure(error)
        }
    }
}
