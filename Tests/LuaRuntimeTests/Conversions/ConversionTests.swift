import LuaRuntime
import Testing

@Suite struct ConversionTests {
    private func problem<Value: LuaConvertible>(_ type: Value.Type, _ value: LuaValue) -> String? {
        do {
            _ = try type.fromLua(value)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func returned<Value: LuaConvertible>(_ value: Value) throws -> Value {
        try Value.fromLua(try value.luaValue())
    }

    @Test func integersAreExactInAllWidths() throws {
        #expect(try returned(Int64.min) == .min)
        #expect(try returned(UInt8.max) == .max)
        #expect(try returned(Int16.min) == .min)
        #expect(try UInt64.fromLua(3.0) == 3)
        #expect(problem(UInt.self, -1) == "number out of range: 0 to 18446744073709551615 expected, got -1")
        #expect(problem(Int8.self, 200) == "number out of range: -128 to 127 expected, got 200")
        #expect(problem(Int64.self, 1e19) == "number has no integer representation")
        #expect(problem(Int.self, .number(.nan)) == "number has no integer representation")
        #expect(problem(Int.self, "10") == "number expected, got string")
        #expect(throws: LuaConversionError.self) { try UInt64.max.luaValue() }
    }

    @Test func textMustBeText() throws {
        #expect(try returned("a\0ü𝄞") == "a\0ü𝄞")
        #expect(problem(String.self, .string(LuaString(bytes: [0xff]))) == "valid UTF-8 expected")
        #expect(problem(String.self, 1) == "string expected, got number")
        #expect(try [UInt8].fromLua(.string(LuaString(bytes: [0xff, 0]))) == [0xff, 0])
        #expect(try returned([UInt8]()).isEmpty)
    }

    @Test func collectionsNameThePlace() throws {
        #expect(try returned([[1, 2], []]) == [[1, 2], []])
        #expect(try returned(["a": [1.5], "b": []]) == ["a": [1.5], "b": []])
        #expect(try returned([Int]()).isEmpty)
        #expect(problem([Int].self, "") == "table expected, got string")
        #expect(problem([[Int]].self, [[1], [2, nil, "x"]]) == "[2][2]: number expected, got nil")
        #expect(problem([String: [Int]].self, ["a": [1, "x"]]) == "a[2]: number expected, got string")
        #expect(problem([String: Int].self, [1]) == "a table of named fields expected, got a sequence")
        #expect(try [Int?].fromLua([1, .null]) == [1, nil])
        #expect(try Int?.fromLua(.nil) == Int?.none)
        #expect(try returned(Bool?.some(false)) == .some(false))
    }

    @Test func literalsAndAccessorsMirrorLua() {
        let order: LuaValue = ["id": 7, "lines": [["sku": "A-\(1)", "quantity": 3.0]], "note": nil, "paid": true]
        #expect(order["lines"][1]["quantity"].integer == 3)
        #expect(order["lines"][1]["sku"].string == "A-1")
        #expect(order["lines"][2]["sku"].isNil)
        #expect(order["paid"].boolean == true)
        #expect(order["id"]["x"].isNil)
        #expect("\(order["lines"])" == "{{quantity = 3.0, sku = \"A-1\"}}")
    }
}
