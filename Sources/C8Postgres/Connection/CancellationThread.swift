import CPostgres
import Glibc

/// Asks a server to end a statement that nobody waits for any more, on a thread that nobody waits for.
enum CancellationThread {
    static func run(_ cancellation: OpaquePointer) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let context = UnsafeMutableRawPointer(cancellation)
        // Without a thread the statement runs to its end.
        _ = pthread_create(
            &thread, &attributes,
            { context in
                if let context { cpg_cancel(OpaquePointer(context)) }
                return nil
            }, context)
    }
}
