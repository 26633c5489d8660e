-- The first chunk of every script's state: `require`, and the globals that only the host can answer.
-- Host functions arrive as the one argument; nothing here is looked up in a table that a script could have changed.
local native = ...

local error, setmetatable, type, tostring, select = error, setmetatable, type, tostring, select
local concat, pack, unpack, find_module = table.concat, table.pack, table.unpack, native.find
local loaded, loading, preload = {}, {}, {}

-- The globals that embedded modules are compiled with, however late that is: nothing that a script does to its own
-- changes them.
local environment = {}
for name, value in next, _G do
  if type(value) == "table" and value ~= _G then
    local copy = {}
    for key, item in next, value do
      copy[key] = item
    end
    value = copy
  end
  environment[name] = value
end
environment._G = nil

--- What embedded modules share; made when the first of them is loaded.
local support

--- Loads a module once: the host's own, or a file below the script's folder.
--- Written in Lua so that a module may call asynchronous functions while it loads.
local function require(name)
  if type(name) ~= "string" then
    error("bad argument #1 to 'require' (string expected, got " .. type(name) .. ")", 2)
  end
  local module = loaded[name]
  if module ~= nil then
    return module
  end
  if loading[name] then
    error("module '" .. name .. "' requires itself", 2)
  end
  local loader, argument = preload[name], ":preload:"
  if loader == nil then
    loader, argument = find_module(name)
  end
  local is_embedded = type(argument) == "table"
  if is_embedded then
    support = support or native.load_support()(environment)(native)
    loader = loader(environment)
  end
  loading[name] = true
  local _ <close> = setmetatable({}, {
    __close = function()
      loading[name] = nil
    end,
  })
  local result = loader
  if type(loader) == "function" then
    result = loader(name, argument, is_embedded and support or nil)
  end
  if result ~= nil then
    loaded[name] = result
  elseif loaded[name] == nil then
    loaded[name] = true
  end
  return loaded[name], argument
end

_G.require, environment.require = require, require
_G.package = { loaded = loaded, preload = preload }
_G.arg = native.arg
os.getenv = native.getenv
os.exit = native.exit

for _, name in ipairs({ "string", "table", "math", "utf8", "os", "coroutine", "debug" }) do
  loaded[name] = _G[name]
end
loaded._G, loaded.package = _G, _G.package

-- io, as far as a script may go without a grant: its own output, and standard input.
local write, write_error, read_raw = native.write, native.write_error, native.read
local find, tonumber = string.find, tonumber

--- A numeral comes as text, since reading one is Lua's own business.
local function read(format)
  local text = read_raw(format)
  if type(format) == "string" and find(format, "^%*?n") then
    return tonumber(text)
  end
  return text
end

local function text_of(...)
  local pieces = { ... }
  for i = 1, select("#", ...) do
    local kind = type(pieces[i])
    if kind ~= "string" and kind ~= "number" then
      error("bad argument #" .. i .. " to 'write' (string expected, got " .. kind .. ")", 3)
    end
    pieces[i] = tostring(pieces[i])
  end
  return concat(pieces)
end

local function stream(name, put)
  local file = {}
  function file.write(_, ...)
    put(text_of(...))
    return file
  end
  function file.flush()
    return file
  end
  function file.setvbuf()
    return true
  end
  function file.close()
    error("the standard streams stay open", 2)
  end
  return setmetatable(file, {
    __name = "FILE*",
    __tostring = function()
      return "file (" .. name .. ")"
    end,
  })
end

local stdout, stderr = stream("stdout", write), stream("stderr", write_error)
local stdin = stream("stdin", function()
  error("standard input cannot be written", 3)
end)

local function read_formats(...)
  local count = select("#", ...)
  if count == 0 then
    return read("l")
  end
  local results = {}
  for i = 1, count do
    results[i] = read((select(i, ...)))
    if results[i] == nil then
      return unpack(results, 1, i)
    end
  end
  return unpack(results, 1, count)
end

function stdin.read(_, ...)
  return read_formats(...)
end

local function lines(...)
  local formats = pack(...)
  return function()
    return read_formats(unpack(formats, 1, formats.n))
  end
end

function stdin.lines(_, ...)
  return lines(...)
end

io = {
  stdout = stdout,
  stderr = stderr,
  stdin = stdin,
  write = function(...)
    write(text_of(...))
    return stdout
  end,
  read = read_formats,
  lines = function(name, ...)
    if name ~= nil then
      native.deny("io.lines with a file name")
    end
    return lines(...)
  end,
  type = function(value)
    if value == stdout or value == stderr or value == stdin then
      return "file"
    end
    return nil
  end,
}
for _, name in ipairs({ "open", "popen", "tmpfile", "input", "output", "close" }) do
  io[name] = function()
    native.deny("io." .. name)
  end
end
loaded.io = io

-- `c8` is there without a require, as one-liners expect; it is made when it is first used.
setmetatable(_G, {
  __index = function(globals, name)
    if name == "c8" then
      local c8 = require("c8")
      globals.c8 = c8
      return c8
    end
    return nil
  end,
})
