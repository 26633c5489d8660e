import Tracing

/// Takes what an instrument wants to send along, as headers by name.
struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
}
