import Glibc
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into a request to stop; a second one ends the process at once, unless it has a meaning of
/// its own: then the third one does.
///
/// The signals are blocked in every thread and taken by one thread of its own with `sigwait`, so no code ever runs inside a
/// signal handler, and the second signal works whatever the rest of the process is doing.
final class SignalWatch: Sendable {
    private struct State {
        var received: StopSignal?
        var action: (@Sendable (StopSignal) -> Void)?
        var second: (@Sendable (StopSignal) -> Void)?
        var interruption: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// A watch that watches nothing yet: until ``start()`` the signals end the process, which has nothing to unwind.
    init() {
        // A reader that goes away (`c8run … | head`) must not kill a script between two writes to the platform.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Blocks the signals and starts the thread. To be called before the process has any other thread, and after the
    /// kernel's wall is up, which holds only threads that start later.
    func start() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, StopSignal.interrupt.rawValue)
        sigaddset(&signals, StopSignal.terminate.rawValue)
        // nohup asks for this one to be ignored.
        if !Self.isIgnored(StopSignal.hangUp) { sigaddset(&signals, StopSignal.hangUp.rawValue) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(&thread, nil, { SignalWatch.run($0) }, context)
        if failure == 0 {
            pthread_detach(thread)
        } else {
            // Without the thread nobody would take the signals: leave them to end the process as they do by default.
            Unmanaged<SignalWatch>.fromOpaque(context).release()
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        }
    }

    /// The first signal that came.
    var received: StopSignal? { state.withLock { $0.received } }

    /// Sets what the first signal does; called at once where it already came.
    func onStop(_ action: @escaping @Sendable (StopSignal) -> Void) {
        let already = state.withLock { state in
            state.action = action
            return state.received
        }
        if let already { action(already) }
    }

    /// Sets what the second signal does, in place of ending the process.
    func onSecondStop(_ action: @escaping @Sendable (StopSignal) -> Void) {
        state.withLock { $0.second = action }
    }

    /// While there is an action, Control-C means it and does not stop the process, however often it is pressed.
    func onInterrupt(_ action: (@Sendable () -> Void)?) {
        state.withLock { $0.interruption = action }
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        let watch = Unmanaged<SignalWatch>.fromOpaque(context).takeRetainedValue()
        var signals = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &signals)
        while true {
            var number: Int32 = 0
            guard sigwait(&signals, &number) == 0, let signal = StopSignal(rawValue: number) else { continue }
            watch.take(signal)
        }
    }

    private func take(_ signal: StopSignal) {
        if signal == .interrupt, let interruption = state.withLock({ $0.interruption }) { return interruption() }
        let (isFirst, action) = state.withLock { state in
            let isFirst = state.received == nil
            if isFirst { state.received = signal }
            defer { if !isFirst { state.second = nil } }
            return (isFirst, isFirst ? state.action : state.second)
        }
        // Nothing is flushed or unwound any more: the operator asked twice.
        if !isFirst, action == nil { _exit(signal.exitCode) }
        action?(signal)
    }

    private static func isIgnored(_ signal: StopSignal) -> Bool {
        var action = sigaction()
        guard sigaction(signal.rawValue, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
