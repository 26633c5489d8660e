/// `c8.json`: `decode`, `encode`, `null`, `array`, `object`. All of it is C between bytes and the Lua stack.
enum JSONModule {
    static let module = HostModule(name: "c8.json") { _ in [] }
}
