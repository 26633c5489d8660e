import LuaRuntime
import Testing

/// Texts and tables of the sizes and forms at which the codec goes another way.
@Suite struct JSONFormTests {
    @Test(arguments: [0, 1, 2, 63, 64, 65, 127, 128, 129, 130, 256, 1000])
    func everySizeIsDecodedWhole(size: Int) async throws {
        let items = (0..<size).map { "\($0)" }.joined(separator: ",")
        let members = (0..<size).map { "\"name of \($0)\":\($0)" }.joined(separator: ", ")
        let values = try await run(
            """
            local items, members, size = json.decode((...)), json.decode((select(2, ...))), select(3, ...)
            local count = 0
            for name, value in pairs(members) do
              assert(name == "name of " .. value)
              count = count + 1
            end
            for i = 1, size do assert(items[i] == i - 1) end
            assert(#items == size and count == size)
            assert(json.encode(items) == (...))
            return json.encode(json.decode("[" .. select(2, ...) .. "]")[1]) == json.encode(members)
            """, arguments: [.string("[\(items)]"), .string("{\(members)}"), .integer(Int64(size))])
        #expect(values.first?.boolean == true)
    }

    @Test(arguments: [1, 5, 63, 64, 70, 200])
    func laterOfTwoMembersWithOneNameCounts(others: Int) async throws {
        let between = (0..<others).map { "\"n\($0)\": 0" }.joined(separator: ",")
        let values = try await run(
            "return json.decode(...).same", arguments: [.string("{\"same\": 1, \(between), \"same\": 2}")])
        #expect(values.first?.integer == 2)
    }

    @Test func namesOfAllLengthsAndLikenessesAreToldApart() async throws {
        let values = try await run(
            """
            local t = {}
            for length = 1, 40 do
              for i = 0, 99 do t[("x"):rep(length) .. i .. ("y"):rep(length % 7)] = length * 1000 + i end
            end
            t[""], t["名称"], t["a\\0b"] = 1, 2, 3
            local back = json.decode(json.encode({t, t}))
            for _, copy in ipairs(back) do
              for name, value in pairs(t) do assert(copy[name] == value, name) end
              for name in pairs(copy) do assert(t[name]) end
            end
            return true
            """)
        #expect(values.first?.boolean == true)
    }

    @Test func arrayThatWasFilledFromItsEndIsAnArray() async throws {
        let values = try await run(
            """
            local t = {}
            for i = 50, 1, -1 do t[i] = i end
            local nested = {{1, 2}, {}, {t}}
            local gap = select(2, pcall(json.encode, {1, 2, nil, 4})).message
            local mixed = select(2, pcall(json.encode, {1, 2, x = 1})).message
            local marked = json.encode(json.object{10, x = 1}, {sort_keys = true})
            return json.encode(t) == "[" .. table.concat(t, ",") .. "]", json.encode(nested), gap, mixed, marked
            """)
        #expect(values[0].boolean == true)
        #expect(values[1].string?.hasPrefix("[[1,2],{},[[1,2,3") == true)
        #expect(
            values[2].string == "cannot be JSON: $ is an array with gaps (use c8.json.null, or c8.json.object for "
                + "integer names)")
        #expect(values[3].string == "cannot be JSON: $ has both names and array positions")
        #expect(values[4].string?.contains("\"x\":1") == true)
    }

    @Test(arguments: [
        ("local t = {}; t.a = t", "$.a"), ("local t = {}; t.a = {b = {c = t}}", "$.a.b.c"),
        ("local u = {}; u.x = u; local t = {a = {b = {c = {d = u}}}}", "$.a.b.c.d.x"),
        ("local t = {{{{{}}}}}; t[1][1][1][1][1] = t[1][1]", "$[1][1][1][1][1]"),
        (
            "local u = {}; u[1] = {{u}}; local t = {json.object(), {1}, {{}}, {{{{{{{u}}}}}}}}",
            "$[4][1][1][1][1][1][1][1][1][1][1]"
        ),
    ])
    func cycleIsNamedWhereItFirstCloses(source: String, place: String) async throws {
        let error = try await failure(of: "\(source); json.encode(t)")
        #expect(error.message.contains("\(place) contains itself"), "\(error.message)")
    }

    @Test func tableThatOccursTwiceIsNoCycle() async throws {
        let values = try await run(
            "local u = {1}; return json.encode({u, u, {u, {u, u}}, {{{u}}}})")
        #expect(values.first?.string == "[[1],[1],[[1],[[1],[1]]],[[[[1]]]]]")
    }

    @Test func decimalsAreTheNearestAndTheShortest() async throws {
        let values = try await run(
            """
            local seed = 12345
            local function random() seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed end
            for i = 1, 20000 do
              local text = ("%s%d.%0" .. random() % 9 + 1 .. "de%d"):format(
                random() % 2 == 0 and "-" or "", random() % 10 ^ (random() % 12 + 1) // 1, random() % 1000000000,
                random() % 60 - 30)
              assert(json.decode(text) == tonumber(text), text)
              local value = (random() % 2000000 - 1000000) / 10 ^ (random() % 8)
              local expected
              for precision = 15, 17 do
                expected = ("%." .. precision .. "g"):format(value)
                if tonumber(expected) == value then break end
              end
              if not expected:find("[.e]") then expected = expected .. ".0" end
              assert(json.encode(value) == expected, expected)
            end
            return true
            """)
        #expect(values.first?.boolean == true)
    }

    @Test func everyCharacterOfASCIIHasItsForm() async throws {
        let values = try await run(
            """
            local short = { ['"'] = '\\\\"', ["\\\\"] = "\\\\\\\\", ["\\b"] = "\\\\b", ["\\f"] = "\\\\f", ["\\n"] = "\\\\n", ["\\r"] = "\\\\r", ["\\t"] = "\\\\t" }
            for code = 0, 127 do
              local c = string.char(code)
              local form = short[c] or code < 32 and ("\\\\u%04x"):format(code) or c
              for _, around in ipairs{"", "a", "abcdefghijklmnop", "数码"} do
                local text = '"' .. around .. form .. around .. '"'
                assert(json.encode(around .. c .. around) == text, text)
                assert(json.decode(text) == around .. c .. around)
              end
            end
            return true
            """)
        #expect(values.first?.boolean == true)
    }
}
