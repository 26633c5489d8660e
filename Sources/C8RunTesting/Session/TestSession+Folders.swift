import Synchronization

extension TestSession {
    /// A new folder for the test that runs, or the group around it.
    func makeTemporaryFolder() throws(TestMisuse) -> String {
        let number = state.withLock { state in
            state.lastFolder += 1
            return state.lastFolder
        }
        let path = "\(temporaryFolder)/\(number)"
        do throws(TestFileError) {
            try TemporaryFolder.make(temporaryFolder)
            try TemporaryFolder.make(path)
        } catch {
            throw TestMisuse("cannot make a temporary folder: \(error)")
        }
        state.withLock { state in
            guard !state.temporaryFolders.isEmpty else { return }
            state.temporaryFolders[state.temporaryFolders.count - 1].append(path)
        }
        return path
    }
}
