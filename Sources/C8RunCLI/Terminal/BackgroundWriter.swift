import C8Run
import Dispatch
import Glibc
import Synchronization

/// Writes to a descriptor on a thread of its own, so that nobody waits for a reader who has stopped reading.
///
/// What is not read is kept up to a bound. Lines beyond it are counted, and missing.
final class BackgroundWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var missing = 0
        var isWriting = false
        var isEnding = false

        var isDone: Bool { waiting.isEmpty && missing == 0 && !isWriting }
    }

    private let descriptor: Int32
    private let limit: Int
    /// Tells how many lines are missing, as a line.
    private let gap: @Sendable (Int) -> [UInt8]
    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)

    /// Starts the thread.
    ///
    /// - Parameter limit: bytes that are kept while nobody reads.
    /// - Returns: nil where no thread is to be had.
    static func start(
        descriptor: Int32, limit: Int = 1 << 20, gap: @escaping @Sendable (Int) -> [UInt8]
    ) -> BackgroundWriter? {
        let writer = BackgroundWriter(descriptor, limit, gap)
        let context = Unmanaged.passRetained(writer)
        var thread = pthread_t()
        let problem = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<BackgroundWriter>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard problem == 0 else {
            context.release()
            return nil
        }
        pthread_detach(thread)
        return writer
    }

    private init(_ descriptor: Int32, _ limit: Int, _ gap: @escaping @Sendable (Int) -> [UInt8]) {
        self.descriptor = descriptor
        self.limit = limit
        self.gap = gap
    }

    /// Has whole lines written, after those before them. Never waits.
    func add(_ lines: [UInt8]) {
        state.withLock { state in
            // None after a gap, until it was told of: they would seem to follow those before it.
            if state.missing > 0 || state.waiting.count + lines.count > limit {
                state.missing += 1
            } else {
                state.waiting += lines
            }
        }
        available.signal()
    }

    /// Waits until all is written, for so many seconds at most, and ends the thread.
    ///
    /// - Returns: false where something is left, which is written if somebody reads before the process ends.
    func end(within seconds: Double) -> Bool {
        state.withLock { $0.isEnding = true }
        available.signal()
        return done.wait(timeout: .now() + seconds) == .success
    }

    private func run() {
        let writer = DescriptorWriter(descriptor: descriptor)
        while true {
            available.wait()
            let (bytes, isOver) = state.withLock { state -> ([UInt8], Bool) in
                var bytes = state.waiting
                if state.missing > 0 { bytes += gap(state.missing) }
                (state.waiting, state.missing) = ([], 0)
                state.isWriting = !bytes.isEmpty
                return (bytes, state.isEnding)
            }
            // A log that cannot be written has nowhere to be reported.
            if !bytes.isEmpty { _ = writer.write(bytes) }
            let isDone = state.withLock { state in
                state.isWriting = false
                return state.isDone
            }
            if isOver, isDone {
                done.signal()
                return
            }
        }
    }
}
