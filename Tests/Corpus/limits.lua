--# an endless loop
--: args --timeout 0.3s
--: exit 124
--: complains --timeout
while true do end
--# an endless loop of pcalls
--: args --timeout 0.3s
--: exit 124
while true do pcall(error) end
--# an endless loop within pcall within pcall
--: args --timeout 0.3s
--: exit 124
while true do pcall(pcall, function() while true do end end) end
--# xpcall with a handler that loops
--: args --timeout 0.3s
--: exit 124
xpcall(function() while true do end end, function() while true do end end) while true do end
--# coroutines that catch and go on
--: args --timeout 0.3s
--: exit 124
while true do local co = coroutine.wrap(function() while true do end end) pcall(co) end
--# a stop inside a comparator
--: args --timeout 0.3s
--: exit 124
local t = {} for i = 1, 10000 do t[i] = i end
table.sort(t, function(a, b) while true do end end)
--# a stop inside gsub's callback
--: args --timeout 0.3s
--: exit 124
(("x"):rep(100)):gsub("x", function() while true do end end)
--# a stop inside load's reader
--: args --timeout 0.3s
--: exit 124
load(function() return " " end)
--# a stop inside tostring
--: args --timeout 0.3s
--: exit 124
tostring(setmetatable({}, {__tostring = function() while true do end end}))
--# a stop inside a for loop without a body
--: args --timeout 0.3s
--: exit 124
for i = 1, math.maxinteger do end
--# a stop inside an iterator
--: args --timeout 0.3s
--: exit 124
for x in function() return 1 end do end
--# exponential patterns
--: args --timeout 0.3s
--: exit 124
string.find(("a"):rep(40), ("a?"):rep(40) .. ("a"):rep(40))
--# polynomial patterns
--: args --timeout 0.3s
--: exit 124
(("a"):rep(1e5)):find((".-"):rep(9) .. "b")
--# gsub over a large text
--: args --timeout 0.3s
--: exit 124
string.gsub(("a"):rep(1e6), ("a*"):rep(8) .. "b", "")
--# gmatch that finds nothing
--: args --timeout 0.3s
--: exit 124
for x in (("a"):rep(1e6)):gmatch(".-.-.-b") do end
--# deep patterns do not overflow the stack
--: prints false
print(pcall(string.find, ("x"):rep(1e6), ("(x"):rep(40)))
--# unbalanced text is searched until the stop
--: args --timeout 0.3s
--: exit 124
string.match(("("):rep(3000000), "%b()")
--# table.move over the whole integer range
--: args --timeout 0.3s
--: exit 124 137
table.move({}, 1, math.maxinteger - 1, 2)
--# table.insert with a huge length
--: args --timeout 0.3s
--: exit 124
table.insert(setmetatable({}, {__len = function() return math.maxinteger - 1 end, __newindex = function() end}), 1, 1)
--# table.remove with a huge length
--: args --timeout 0.3s
--: exit 124
table.remove(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1)
--# table.concat with a huge length
--: args --timeout 0.3s
--: exit 124 137
table.concat(setmetatable({}, {__index = function() return "" end}), "", 1, math.maxinteger - 1)
--# table.sort with a huge length
--: args --timeout 0.3s
--: exit 124
table.sort(setmetatable({}, {__len = function() return 2^30 end, __index = function(_, i) return i end, __newindex = function() end}))
--# table.unpack with a huge length is an error
--: prints false
print((pcall(table.unpack, {}, 1, 1e8)))
--# table.unpack in a loop
--: args --timeout 0.3s
--: exit 124
while true do table.unpack({}, 1, 200000) end
--# string.rep of nothing, endlessly
--: args --timeout 0.3s
--: exit 0 1 124 137
string.rep("", math.maxinteger) string.rep("x", math.maxinteger // 2)
--# upper, reverse and byte in a loop
--: args --timeout 0.3s
--: exit 124
while true do local s = ("x"):rep(1e8) s = s:upper():reverse():lower() end
--# utf8 over a large text
--: args --timeout 0.3s
--: exit 124
local s = ("é"):rep(2e7) while true do utf8.len(s) utf8.offset(s, -1) for _ in utf8.codes(s) do end end
--# a full collection of many objects
--: args --timeout 0.5s
--: exit 124
local t = {} for i = 1, 1e6 do t[i] = {} end while true do collectgarbage() end
--# next over a huge table
--: args --timeout 0.5s
--: exit 124
local t = {} for i = 1, 1e6 do t["k" .. i] = i end while true do for _ in pairs(t) do end end
--# a table of holes and its length
--: args --timeout 0.3s
--: exit 124
local t = {} for i = 1, 100 do t[2 ^ i // 1] = 1 end while true do local _ = #t end
--# loading a huge text
--: args --timeout 0.5s
--: exit 124 137
while true do load(("x = 1 "):rep(3e6)) end
--# JSON of a graph that explodes
--: args --timeout 0.5s
--: exit 1 124 137
local a = {1} for i = 1, 60 do a = {a, a} end require("c8.json").encode(a)
--# JSON text of deep arrays
--: exit 1
require("c8.json").decode(("["):rep(1e6))
--# digests in a loop
--: args --timeout 0.5s
--: exit 124
local s = ("x"):rep(5e7) while true do require("c8.crypto").sha256(s) end
--# base64 in a loop
--: args --timeout 0.5s
--: exit 124
local s = ("x"):rep(2e7) while true do require("c8.crypto").base64(s) end
--# sleeping past the deadline
--: args --timeout 0.3s
--: exit 124
require("c8.task").sleep(1e6)
--# reading an input that never comes
--: args --timeout 0.3s
--: stdin open
--: exit 124
io.read("a")
--# string.format with many fields
--: args --timeout 0.5s
--: exit 124
local t = {} for i = 1, 200 do t[i] = 1 / i end
while true do string.format(("%99.99f"):rep(200), table.unpack(t)) end
--# string.pack in a loop
--: args --timeout 0.5s
--: exit 124
local f = ("i16"):rep(1000) local t = {} for i = 1, 1000 do t[i] = i end
while true do string.pack(f, table.unpack(t)) end
--# date in a loop
--: args --timeout 0.3s
--: exit 124
while true do os.date("%c" , 0) end
--# tonumber of long texts
--: args --timeout 0.5s
--: exit 124
local s = ("1"):rep(1e7) while true do tonumber(s) tonumber(s, 10) end
--# comparing long strings
--: args --timeout 0.5s
--: exit 124
local a, b = ("x"):rep(1e8) .. "a", ("x"):rep(1e8) .. "b" while true do local _ = a < b end
--# concatenating in a loop
--: args --max-memory 32MiB
--: exit 137
--: complains --max-memory
local s = "x" while true do s = s .. s end
--# a table that grows
--: args --max-memory 32MiB
--: exit 137
local t = {} while true do t[#t + 1] = {} end
--# a table that grows behind pcall
--: args --max-memory 32MiB
--: exit 137
local t = {} while true do pcall(function() while true do t[#t + 1] = ("x"):rep(1000) .. #t end end) end
--# string.rep beyond the limit
--: args --max-memory 32MiB
--: exit 137
("x"):rep(1e9)
--# table.concat beyond the limit
--: args --max-memory 32MiB
--: exit 137
local t = {} for i = 1, 10000 do t[i] = ("x"):rep(5000) end table.concat(t)
--# gsub beyond the limit
--: args --max-memory 32MiB
--: exit 137
(("x"):rep(1e6)):gsub("x", ("y"):rep(100))
--# coroutines without end
--: args --max-memory 32MiB
--: exit 137
local t = {} while true do t[#t + 1] = coroutine.create(print) end
--# closures without end
--: args --max-memory 32MiB
--: exit 137
local t = {} while true do local x = #t t[x + 1] = function() return x end end
--# deep recursion
--: args --max-memory 64MiB
--: exit 1 137
local function f() return 1 + f() end f()
--# deep recursion behind pcall
--: args --timeout 5s
--: prints false
local function f() return 1 + f() end print((pcall(f)))
--# deep recursion of metamethods
--: exit 1
local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) local _ = t[1]
--# base64 beyond the limit
--: args --max-memory 32MiB
--: exit 137
local s = ("x"):rep(2e7) local t = {} while true do t[#t + 1] = require("c8.crypto").base64(s) end
--# JSON decoding beyond the limit
--: args --max-memory 32MiB
--: exit 137
local s = "[" .. ("[],"):rep(3e6) .. "1]" require("c8.json").decode(s)
--# utf8.char and string.char of many
--: args --max-memory 32MiB
--: exit 1 137
local t = {} for i = 1, 1e6 do t[i] = 65 end while true do utf8.char(table.unpack(t)) end
--# format with long strings
--: args --max-memory 32MiB
--: exit 137
local s = ("x"):rep(1e7) local t = {} while true do t[#t + 1] = ("%s%s"):format(s, s) end
--# the memory error cannot be caught
--: args --max-memory 32MiB
--: exit 137
--: never caught
local t = {} pcall(function() while true do t[#t + 1] = {} end end) t = nil collectgarbage() print("caught")
--# a __close cannot go on after the memory limit
--: args --max-memory 32MiB
--: exit 137
--: never caught
local t = {} local x <close> = setmetatable({}, {__close = function() print("caught") end})
while true do t[#t + 1] = {} end
--# instructions are counted
--: args --max-instructions 100000
--: exit 124
--: complains --max-instructions
while true do end
--# instructions are counted in coroutines that were there before
--: args --max-instructions 1000000
--: exit 124
local co = {} for i = 1, 100 do co[i] = coroutine.wrap(function() while true do for _ = 1, 1000 do end coroutine.yield() end end) end
while true do for i = 1, 100 do co[i]() end end
--# instructions are counted in new coroutines
--: args --max-instructions 1000000
--: exit 124
while true do coroutine.wrap(function() for i = 1, 100 do end end)() end
--# instructions are counted behind pcall
--: args --max-instructions 1000000
--: exit 124
while true do pcall(function() while true do end end) end
--# output is bounded
--: args --max-output 10KiB
--: exit 137
--: complains --max-output
while true do print("x") end
--# io.write is bounded
--: args --max-output 10KiB
--: exit 137
while true do io.write(("x"):rep(1000)) end
--# standard error is bounded
--: args --max-output 10KiB
--: exit 137
while true do io.stderr:write("x") end
--# logs are bounded
--: args --max-output 10KiB
--: exit 137
while true do pcall(require("c8.log").info, "x") end
--# os.exit gives its code from within pcall and coroutines
--: exit 3
pcall(coroutine.wrap(function() pcall(os.exit, 3) end)) print("on")
--: never on
--# work in C counts as instructions
--: args --max-instructions 1000000
--: exit 124
table.remove(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1)
--# patterns count as instructions
--: args --max-instructions 1000000
--: exit 124
(("a"):rep(1e5)):find((".-"):rep(9) .. "b")
--# short coroutines do not escape the count
--: args --max-instructions 2000000
--: exit 124
for i = 1, 5000 do coroutine.wrap(function() for j = 1, 200 do end end)() end
--# a format of very many long numbers
--: args --timeout 0.5s
--: exit 124
local t = {} for i = 1, 140000 do t[i] = 1e300 / i end
while true do string.format(("%99.99f"):rep(140000), table.unpack(t)) end
--# a very long string in quotes
--: args --timeout 0.5s
--: exit 124
local s = ("\0"):rep(2e7) while true do string.format("%q", s) end
