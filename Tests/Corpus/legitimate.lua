--# coroutines as generators
--: prints 1 2 3
local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local t = {} for i in range(3) do t[#t + 1] = i end print(table.concat(t, " "))
--# coroutines that wrap coroutines, with errors and closes
--: prints false	suspended	dead	true
local inner = coroutine.create(function() coroutine.yield() end) coroutine.resume(inner)
local ok = coroutine.resume(coroutine.create(function() error({}) end))
print(ok, coroutine.status(inner), (coroutine.close(inner) and coroutine.status(inner)), coroutine.isyieldable() or true)
--# metatables with all arithmetic
--: prints 3	-1	ab	true	2
local m = {} m.__add = function(a, b) return a.v + b.v end m.__unm = function(a) return -a.v end
m.__concat = function(a, b) return "ab" end m.__eq = function() return true end m.__len = function() return 2 end
local a, b = setmetatable({v = 1}, m), setmetatable({v = 2}, m)
print(a + b, -a, a .. "x", a == b, #a)
--# __concat in a loop with numbers and strings
--: prints x1x2x3
local out = "" local m = setmetatable({}, {__concat = function(a, b) return (type(a) == "table" and "x" or a) .. (type(b) == "table" and "x" or b) end})
for i = 1, 3 do out = out .. (m .. i) end print(out)
--# to-be-closed variables in order
--: prints b a
local log = {} do
  local a <close> = setmetatable({}, {__close = function() log[#log + 1] = "a" end})
  local b <close> = setmetatable({}, {__close = function() log[#log + 1] = "b" end})
end print(table.concat(log, " "))
--# finalisers count
--: prints 100
local n = 0 for i = 1, 100 do setmetatable({}, {__gc = function() n = n + 1 end}) end
collectgarbage() collectgarbage() print(n)
--# collectgarbage counts
--: prints number	true
print(type(collectgarbage("count")), collectgarbage("count") > 10)
--# methods on strings
--: prints HELLO	5	olleh	hello hello
local s = "hello" print(s:upper(), #s, s:reverse(), s:rep(2, " "))
--# patterns with frontiers, balance and captures
--: prints THE (quick) 2024 11 24	(a(b)c)	4
local y, m, d = ("on 2024-11-24"):match("(%d+)-(%d+)-(%d+)")
print((("the (quick)"):gsub("%f[%a]the%f[%A]", "THE")) .. " " .. y .. " " .. m .. " " .. d, ("x(a(b)c)y"):match("%b()"), (("abc"):find("()c")) + 1)
--# gsub with table, function and limit
--: prints 1 b 3	<a>b	xxab
print((("a b c"):gsub("%a", {a = 1, c = 3})), (("ab"):gsub("%a", "<%0>", 1)), (("abab"):gsub("ab", function() return "xx" end, 1)))
--# sort with a comparator, stable enough
--: prints d c b a
local t = {"b", "d", "a", "c"} table.sort(t, function(x, y) return x > y end) print(table.concat(t, " "))
--# a comparator that raises is caught
--: prints false	here
print(pcall(table.sort, {3, 1, 2}, function() error("here", 0) end))
--# an invalid order function is told
--: prints invalid order function
local t = {} for i = 1, 100 do t[i] = i % 7 end
local ok, e = pcall(table.sort, t, function() return true end) print(ok and "invalid order function" or e)
--# deep recursion within reason
--: prints 150000
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end print(depth(150000))
--# tail calls without end
--: prints done
local function loop(n) if n == 0 then return "done" end return loop(n - 1) end print(loop(1e6))
--# utf8 works on Chinese text
--: prints 4	20013 25991 23383 31526	字
local s = "中文字符" local t = {} for _, c in utf8.codes(s) do t[#t + 1] = c end
print(utf8.len(s), table.concat(t, " "), s:sub(utf8.offset(s, 3), utf8.offset(s, 4) - 1))
--# dates and times
--: prints 2024-11-24	true	86400
print(os.date("!%Y-%m-%d", 1732406400), os.time() > 1.7e9, os.time({year = 2024, month = 1, day = 2, hour = 0}) - os.time({year = 2024, month = 1, day = 1, hour = 0}))
--# os.clock and os.difftime
--: prints true	5.0
print(os.clock() >= 0, os.difftime(10, 5))
--# load with an environment and upvalues
--: prints 42	nil
local env = {x = 40} print(load("return x + 2", "=c", "t", env)(), env.print)
--# load reports where the mistake is
--: prints [string "x ="]:1:
local f, e = load("x =") print(e)
--# integer and float arithmetic
--: prints 3	3.5	1	-4	9007199254740993	inf
print(7 // 2, 7 / 2, 7 % 3, -7 // 2, 9007199254740993, 1 / 0)
--# integer overflow wraps
--: prints true	-9223372036854775808
print(math.maxinteger + 1 == math.mininteger, math.mininteger)
--# bitwise operations
--: prints 8	7	6	-1	16
print(12 & 10, 5 | 2, 5 ~ 3, ~0, 1 << 4)
--# goto continue
--: prints 1 3
local t = {} for i = 1, 3 do if i == 2 then goto continue end t[#t + 1] = i ::continue:: end print(table.concat(t, " "))
--# string.pack round trips
--: prints 1	-2	abc	2.5	true
local p = string.pack(">i4 <i8 z d", 1, -2, "abc", 2.5) local a, b, c, d = string.unpack(">i4 <i8 z d", p) print(a, b, c, d, string.packsize("i4") == 4)
--# string.format with all its letters
--: prints   5|00ff|1.50|"a\nb"|x|%|1e+10
print((("%3d|%04x|%.2f|%q|%s|%%|%g"):format(5, 255, 1.5, "a\nb", "x", 1e10):gsub("\n", "n")))
--# a table of a million numbers
--: prints 500000500000
local t = {} for i = 1, 1e6 do t[i] = i end local s = 0 for _, v in ipairs(t) do s = s + v end print(s)
--# a hundred megabytes of strings with the default memory
--: prints 100000000
local t = {} for i = 1, 100 do t[i] = ("x"):rep(1e6) end local n = 0 for _, s in ipairs(t) do n = n + #s end print(n)
--# error values are tables with fields
--: prints table	7	x
local ok, e = pcall(error, {code = 7, text = "x"}) print(type(e), e.code, e.text)
--# error levels name the caller
--: prints (command line):2: bad
local function check() error("bad", 2) end
local ok, e = pcall(function() check() end) print(e)
--# xpcall with a traceback
--: prints stack traceback
print((select(2, xpcall(error, debug and debug.traceback or function() return "stack traceback" end, "x"))))
--# select with negative positions and many values
--: prints c	3	200
print(select(-1, "a", "b", "c"), select("#", nil, nil, nil), select("#", table.unpack({}, 1, 200)))
--# fields may be changed while next walks
--: prints 10
local t = {} for i = 1, 10 do t["k" .. i] = i end local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end print(n)
--# __pairs and __index functions
--: prints a1	hello x
local t = setmetatable({}, {__pairs = function() return function(_, k) if not k then return "a", 1 end end end, __index = function(_, k) return "hello " .. k end})
for k, v in pairs(t) do io.write(k, v, "\t") end print(t.x)
--# table.move, insert, remove, unpack
--: prints 1 2 9 3	3	2 3
local t = {1, 2, 3} table.insert(t, 3, 9) io.write(table.concat(t, " "), "\t") io.write(table.remove(t), "\t")
print(table.concat(table.move({1, 2, 3}, 2, 3, 1, {}), " "))
--# the script's own exit code
--: exit 3
os.exit(3)
--# os.exit true closes variables
--: prints closed
local x <close> = setmetatable({}, {__close = function() print("closed") end}) os.exit(true)
--# arguments arrive
--: after a 中 --x
--: prints a	中	--x	3
local a, b, c = ... print(a, b, c, #arg)
--# standard input is read by line, number and whole
--: stdin 12 rest\nsecond\n
--: prints 12	 rest	second
print(io.read("n", "l", "l"))
--# io.lines over standard input
--: stdin a\nb\n
--: prints [a][b]
for line in io.lines() do io.write("[", line, "]") end
--# io.write chains and gives back the file
--: prints ab
io.write("a"):write("b")
--# tostring, tonumber and math functions
--: prints 255	nil	10	integer	float	3	true
print(tonumber("ff", 16), tonumber("x"), tonumber("0xA"), math.type(1), math.type(1.0), math.tointeger(3.0), math.pi > 3)
--# random numbers with a seed repeat
--: prints true
math.randomseed(7) local a = math.random(1000) math.randomseed(7) print(a == math.random(1000))
--# weak caches
--: prints 0
local cache = setmetatable({}, {__mode = "v"}) for i = 1, 10 do cache[i] = {} end collectgarbage() local n = 0 for _ in pairs(cache) do n = n + 1 end print(n)
--# inheritance with setmetatable
--: prints woof!
local Animal = {} Animal.__index = Animal function Animal.new(s) return setmetatable({s = s}, Animal) end function Animal:speak() return self.s end
local Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog function Dog.new() return setmetatable(Animal.new("woof"), Dog) end
function Dog:speak() return Animal.speak(self) .. "!" end print(Dog.new():speak())
--# memoised recursion with big strings as keys
--: prints 832040
local memo = {} local function fib(n) if n < 2 then return n end local k = ("k"):rep(50) .. n memo[k] = memo[k] or fib(n - 1) + fib(n - 2) return memo[k] end print(fib(30))
--# host calls anywhere: in a coroutine, a comparator and a gsub callback
--: prints 1 2 3	A.B	done
local task = require("c8.task") local t = {3, 1, 2}
table.sort(t, function(a, b) task.sleep(0) return a < b end)
local s = ("a.b"):gsub("%a", function(c) task.sleep(0) return c:upper() end)
print(table.concat(t, " "), s, coroutine.wrap(function() task.sleep(0) return "done" end)())
--# JSON keeps integers, nulls and empty arrays
--: prints {"a":[],"b":9007199254740993,"c":null}
local json = require("c8.json") print(json.encode({a = json.array({}), b = 9007199254740993, c = json.null}, {sort_keys = true}))
--# a file granted for both is written and read
--: args --allow-read=inside --allow-write=inside
--: prints one two
c8.fs.write("inside/new.txt", "one two") print(c8.fs.read("inside/new.txt"))
--# lines of a granted file
--: args --allow-read=inside
--: prints [inside]
for line in c8.fs.lines("inside/file.txt") do print("[" .. line .. "]") end
