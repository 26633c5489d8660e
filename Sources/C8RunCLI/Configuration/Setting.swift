/// A value together with the place that set it.
struct Setting<Value: Sendable>: Sendable {
    var value: Value
    var origin: SettingOrigin

    init(_ value: Value, from origin: SettingOrigin) {
        self.value = value
        self.origin = origin
    }
}

extension Setting: Equatable where Value: Equatable {}
