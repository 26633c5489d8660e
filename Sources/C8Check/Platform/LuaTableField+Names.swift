import LuaSyntax

extension LuaTableField {
    /// The field's name where it is written out; nil for one that is computed, or has a number.
    var staticName: String? {
        switch key {
        case .next: nil
        case .name(let name): name.text
        case .computed(let key): key.text
        }
    }

    /// Where the name stands.
    var nameRange: LuaRange {
        switch key {
        case .next: value.range
        case .name(let name): name.range
        case .computed(let key): key.range
        }
    }
}
