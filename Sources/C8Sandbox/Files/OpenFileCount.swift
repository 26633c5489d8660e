import Synchronization

/// Bounds the files that a script has open at once.
final class OpenFileCount: Sendable {
    /// One open file; gives its place back when it goes.
    final class Place: Sendable {
        private let count: OpenFileCount

        fileprivate init(_ count: OpenFileCount) {
            self.count = count
        }

        deinit {
            count.number.withLock { $0 -= 1 }
        }
    }

    static let most = 64
    private let number = Mutex(0)

    func take(_ request: FileRequest) throws(FileError) -> Place {
        let isFree = number.withLock { number in
            if number >= Self.most { return false }
            number += 1
            return true
        }
        if !isFree {
            throw FileError.limit(
                request.doing, "\(Self.most) files are open; close them, or read them to their end, first")
        }
        return Place(self)
    }
}
