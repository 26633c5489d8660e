--# bytecode is not loaded
--: prints nil	attempt to load a binary chunk
print(load("\27Lua\x54\0\x19\x93\r\n\x1a\n"))
--# bytecode is not loaded, whatever the mode says
--: prints nil
print((load("\27Lua", "x", "b")))
--# bytecode is not loaded from a function that gives pieces
--: prints nil
local pieces, i = {"\27", "Lua"}, 0
print((load(function() i = i + 1 return pieces[i] end, "x", "bt")))
--# functions cannot be dumped
--: exit 1
string.dump(function() end)
--# no debug library beyond the traceback
--: prints traceback
local names = {} for name in pairs(debug or {}) do names[#names + 1] = name end
assert(#names <= 1) print(names[1] or "traceback")
--# no way to load C
--: prints nil	nil	nil	nil
print(package.loadlib, package.cpath, package.searchers, package.searchpath)
--# no processes
--: exit 77
io.popen("id")
--# no processes by another name
--: exit 77
os.execute("id")
--# no files by os
--: prints denied denied denied
local t = {} for i, name in ipairs{"remove", "rename", "tmpname"} do t[i] = select(2, pcall(os[name], "x", "y")).kind end
print(table.concat(t, " "))
--# dofile is no way to files
--: exit 77
dofile("/etc/passwd")
--# loadfile is no way to files
--: exit 77
loadfile("/etc/passwd")
--# io.open is denied
--: exit 77
io.open("/etc/passwd")
--# io.lines with a name is denied
--: exit 77
io.lines("/etc/passwd")
--# io.input with a name is denied
--: exit 77
io.input("/etc/passwd")
--# a poisoned string metatable does not reach the host's modules
--: prints ab
getmetatable("").__index = function() error("poison") end
print(require("c8.json").encode({1}) and require("c8.crypto").hex("\171"))
--# poisoned string functions do not reach the host
--: prints done
string.lower = function() error("poison") end
string.format = function() error("poison") end
require("c8.log").info("x") print(require("c8.json").encode({a = "done"}):match("done"))
--# poisoned table functions do not reach require
--: prints table
table.concat = nil table.unpack = nil setmetatable = nil error = nil type = nil
print(_G.tostring(require("c8.time")):match("^table"))
--# poisoned require does not fool c8
--: prints function
package.loaded["c8.time"] = nil package.preload["c8.log"] = nil
print(type(c8.time.now))
--# replacing package.loaded of a module hits only the script itself
--: prints mine
package.loaded["c8.crypto"] = "mine"
print(require("c8.crypto"))
--# the environment of a function is no way out
--: prints nil
local env = setmetatable({}, {__index = function() return nil end})
print(load("return os", "x", "t", env)())
--# _ENV can be shadowed
--: prints 3
local print = print
local _ENV = {x = 3}
print(x)
--# error with a hostile __tostring ends the script
--: exit 1
error(setmetatable({}, {__tostring = function() error("again") end}))
--# error with a __tostring that returns no string
--: exit 1
error(setmetatable({}, {__tostring = function() return {} end}))
--# error with a __tostring that never ends is stopped
--: args --timeout 0.3s
--: exit 124
error(setmetatable({}, {__tostring = function() while true do end end}))
--# error with a __name that lies
--: exit 1
--: never internal
error(setmetatable({}, {__name = "LuaErrorBox"}))
--# error with a lying kind proves nothing
--: exit 1
error({kind = "denied", message = "not by the host"})
--# error values of the host cannot be forged by their metatable
--: exit 1
local _, e = pcall(io.open, "x")
local fake = setmetatable({kind = "limit", message = "x"}, getmetatable(e) or {})
error(fake)
--# error nil
--: exit 1
error(nil)
--# error with __index that loops
--: exit 1
local t = {} setmetatable(t, {__index = t}) 
error(setmetatable({}, {__index = setmetatable({}, {__index = function(_, k) return k end})}))
--# a finaliser that raises does not end the script
--: prints alive
setmetatable({}, {__gc = function() error("x") end}) collectgarbage() print("alive")
--# a finaliser that never ends is stopped
--: args --timeout 0.3s
--: exit 124
setmetatable({}, {__gc = function() while true do end end}) collectgarbage()
--# a finaliser that never ends at the close does not hold the process
--: args --timeout 0.5s
--: exit 0 124
x = setmetatable({}, {__gc = function() while true do end end})
--# finalisers that make finalisers do not hold the close
--: args --timeout 0.5s
--: exit 0 124
local function again() setmetatable({}, {__gc = again}) end again()
--# a finaliser set late is still held
--: args --timeout 0.3s
--: exit 124
local m = {__gc = true} setmetatable({}, m) m.__gc = function() while true do end end collectgarbage()
--# a to-be-closed variable cannot outlive the stop
--: args --timeout 0.3s
--: exit 124
local x <close> = setmetatable({}, {__close = function() while true do end end})
while true do end
--# __concat that moves the stack is survived
--: prints bx
local function deep(n) if n > 0 then return (deep(n - 1)) end return 1 end
local function grow(n) if n > 0 then return 1 + grow(n - 1) end return 0 end
local t = setmetatable({}, {__concat = function(a) grow(15000) return a .. "x" end})
print("b" .. t)
--# a chain of __index functions is bounded
--: exit 1
local t = {} for i = 1, 3000 do t = setmetatable({}, {__index = t}) end
local _ = t.x
--# __index loops are an error
--: exit 1
local t = {} setmetatable(t, {__index = t}) local _ = t.x .. ""
--# __eq, __lt and __le that raise are caught
--: prints false	false	false
local m = {__eq = error, __lt = error, __le = error}
local a, b = setmetatable({}, m), setmetatable({}, m)
print(pcall(function() return a == b end), pcall(function() return a < b end), (pcall(function() return a <= b end)))
--# coroutines within coroutines are bounded
--: exit 0 1
local function nest(n) return coroutine.wrap(function() return nest(n + 1) end)() end
print(pcall(nest, 1))
--# nested closes of coroutines do not overflow the C stack
--: exit 0 1
local function close(n)
  local co = coroutine.create(function()
    local x <close> = setmetatable({}, {__close = function() if n > 0 then close(n - 1) end end})
    coroutine.yield()
  end)
  coroutine.resume(co) coroutine.close(co)
end
print(pcall(close, 5000))
--# nested pcalls do not overflow the C stack
--: prints false
local function nest() return pcall(nest) and true end
local function loop() return loop() + 1 end
print((pcall(loop)))
--# string comparison is by bytes
--: prints true	false
print("a" < "b", "\0a" < "\0")
--# os.setlocale knows the C locale alone
--: prints nil	C
print(os.setlocale("de_DE.UTF-8"), os.setlocale())
--# require leaves no folder upwards
--: exit 1
require("..secret")
--# require takes no absolute path
--: exit 1
require("/etc/passwd")
--# require takes no slash
--: exit 1
require("../outside/secret")
--# require takes no NUL
--: exit 1
require("a\0b")
--# require of a very long name
--: exit 1
require(("a"):rep(100000))
--# a chunk name is no way to a file
--: exit 1
--: never root:
error(load("x x", "@/etc/passwd"))
--# collectgarbage cannot be turned off
--: args --max-memory 16MiB
--: prints done
collectgarbage("stop") for i = 1, 2e6 do local t = {i} end print("done")
--# coroutine.close of the running one is an error
--: prints false
print((pcall(coroutine.close, coroutine.running())))
--# a yield across the host is an error, not a crash
--: exit 1
coroutine.yield()
--# xpcall with a handler that raises
--: prints false
print((xpcall(error, function() error("again") end)))
--# xpcall handlers that call xpcall
--: prints false
local function handler() return xpcall(error, handler) end
print((xpcall(error, handler)))
--# goto and deep nesting compile or are refused, nothing else
--: prints nil
print((load(("do "):rep(100000) .. ("end "):rep(100000))))
--# deep parentheses are refused
--: prints nil
print((load("return " .. ("("):rep(1e6))))
--# very many locals are refused
--: prints nil
print((load(("local a "):rep(300))))
--# very many constants work
--: prints 70000
local t = {} for i = 1, 70000 do t[i] = '"k' .. i .. '"' end
print(#load("return {" .. table.concat(t, ",") .. "}")())
--# weak tables, ephemerons and resurrection
--: prints ok
local weak = setmetatable({}, {__mode = "k"})
for i = 1, 1000 do local k = {} weak[k] = k end
collectgarbage() assert(next(weak) == nil) print("ok")
--# the metatable of the globals gives nothing away
--: prints nil	nil
print(rawget(_G, "c8"), (getmetatable(_G) or {}).__newindex)
--# arg and ... are the script's alone
--: prints nil
arg = nil print(arg)
--# finalisers at the close may call the host
--: prints closed
x = setmetatable({}, {__gc = function() c8.log.info("x") c8.time.now() print("closed") c8.fs.read("x") end})
--# finalisers at the close may call what suspends
x = setmetatable({}, {__gc = function() pcall(c8.task.sleep, 0) end})
y = setmetatable({}, {__gc = function() c8.http.get("http://localhost/") end})
z = setmetatable({}, {__gc = function() pcall(c8.token.status) end})
