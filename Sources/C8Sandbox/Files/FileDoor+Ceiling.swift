/// A door that bounds another: what the other grants is open as far as this one grants it as well.
extension FileDoor {
    /// Whether what has this path, by the kernel's account, is granted here.
    ///
    /// The names that the operator wrote do not count: what is put in their place later is not what was granted.
    func opens(_ path: AbsolutePath, for access: FileAccess) -> Bool {
        anchors(access).contains { $0.currentPath()?.contains(path) ?? false }
            && (ceiling?.opens(path, for: access) ?? true)
    }

    /// Whether the path is a granted folder itself.
    func isGranted(folder path: AbsolutePath) -> Bool {
        anchors(.write).contains { $0.remainder.isEmpty && $0.currentPath() == path }
            || (ceiling?.isGranted(folder: path) ?? false)
    }

    /// Whether the path's text lies within the bound: what goes wrong outside of it is not told.
    func isWithinCeiling(_ path: AbsolutePath, for access: FileAccess) -> Bool {
        guard let ceiling else { return true }
        return ceiling.anchor(covering: path, for: access) != nil && ceiling.isWithinCeiling(path, for: access)
    }

    /// Refuses what the bound does not open.
    ///
    /// - Parameter path: where it is, by the kernel's account.
    func checkCeiling(_ path: AbsolutePath, _ request: FileRequest) throws(SandboxDenial) {
        guard let ceiling, !ceiling.opens(path, for: request.access) else { return }
        throw beyondCeiling(request)
    }

    /// What failed, or that it is out of bounds, where that is all that the script is to know.
    func failure(_ number: Int32, at path: AbsolutePath, _ request: FileRequest) -> any Error {
        isWithinCeiling(path, for: request.access) ? request.failure(number) : beyondCeiling(request)
    }
}
