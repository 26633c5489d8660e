import C8Platform
import OrderedCollections

/// The fields of a request's body, read with refusals that name the field. Unknown fields are ignored, as
/// most services do.
struct Fields {
    private(set) var members: OrderedDictionary<String, JSONValue>

    /// An empty body has no fields; any other must be a JSON object.
    init(body: [UInt8]) throws(Refusal) {
        guard !body.isEmpty else {
            members = [:]
            return
        }
        guard let value = try? JSONParser.parse(body), let members = value.objectValue else { throw .malformedBody }
        self.members = members
    }

    init(_ members: OrderedDictionary<String, JSONValue>) {
        self.members = members
    }

    /// The same with one more.
    func adding(_ name: String, _ value: String) -> Fields {
        var fields = self
        fields.members[name] = .string(value)
        return fields
    }

    /// The text of a record's key, which was found to be there.
    func key(_ name: String) -> String { members[name]?.keyText ?? "" }

    /// The texts of an array of keys.
    func keys(_ name: String) -> [String] { (members[name]?.arrayValue ?? []).compactMap(\.keyText) }

    /// A string that must be there, not empty, and not longer than `maximum` characters.
    func text(_ name: String, maximum: Int = 64) throws(Refusal) -> String {
        guard let text = try optionalText(name, maximum: maximum) else { throw .field(name, "不能为空") }
        return text
    }

    /// A string that may be missing or `null`; empty counts as missing.
    func optionalText(_ name: String, maximum: Int = 64) throws(Refusal) -> String? {
        switch members[name] {
        case nil, .null?, .string("")?:
            return nil
        case .string(let text)?:
            guard text.count <= maximum else { throw .field(name, "长度不能超过\(maximum)") }
            guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                throw .field(name, "不能包含控制字符")
            }
            return text
        default:
            throw .field(name, "必须是字符串")
        }
    }

    /// An integer in a range; `standard` when it is missing or `null`, which is refused without a standard.
    func integer(_ name: String, in range: ClosedRange<Int64>, standard: Int64? = nil) throws(Refusal) -> Int64 {
        switch members[name] {
        case nil, .null?:
            guard let standard else { throw .field(name, "不能为空") }
            return standard
        case .integer(let integer)?:
            guard range.contains(integer) else {
                throw .field(name, "必须在\(range.lowerBound)到\(range.upperBound)之间")
            }
            return integer
        default:
            throw .field(name, "必须是整数")
        }
    }

    /// An array of strings that must be there and hold something.
    func texts(_ name: String) throws(Refusal) -> [String] {
        guard let value = members[name], !value.isNull else { throw .field(name, "不能为空") }
        guard let elements = value.arrayValue else { throw .field(name, "必须是数组") }
        guard !elements.isEmpty else { throw .field(name, "不能为空") }
        var texts: [String] = []
        texts.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            guard let text = element.stringValue else { throw .field("\(name)[\(index)]", "必须是字符串") }
            texts.append(text)
        }
        return texts
    }
}
