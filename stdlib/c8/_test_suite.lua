-- describe, it, and what runs before and after: the tree of a file's tests, made while the file runs.
local native = ...

local fail, misuse, spell = native.fail, native.misuse, native.show
local ipairs, pairs, pcall, setmetatable, tostring, type = ipairs, pairs, pcall, setmetatable, tostring, type
local format = string.format
local pack, unpack = table.pack, table.unpack

local root = { children = {}, before_all = {}, after_all = {}, before_each = {}, after_each = {} }
local current = root
local suite = { root = root }

--- "orders_test.lua:12: ", of the script's line that runs now.
local function where()
  local _, problem = pcall(fail, "")
  return type(problem) == "table" and problem.where or ""
end

local function check(name, what)
  if not current then
    misuse(what .. " belongs outside of tests: a file's tests are known before the first runs")
  end
  if type(name) ~= "string" or name == "" then
    misuse(what .. " wants a name")
  end
end

local function describe(name, fn, mode)
  check(name, "describe")
  if type(fn) ~= "function" then
    misuse("describe wants a name and a function")
  end
  local block = {
    name = name, parent = current, mode = mode, children = {},
    before_all = {}, after_all = {}, before_each = {}, after_each = {},
  }
  local outer = current
  outer.children[#outer.children + 1] = block
  current = block
  local _ <close> = setmetatable({}, { __close = function()
    current = outer
  end })
  fn()
end

local function it(name, options, fn, mode)
  if fn == nil then
    options, fn = nil, options
  end
  check(name, "it")
  if mode ~= "todo" and type(fn) ~= "function" then
    misuse("it wants a name and a function; it.todo(name) notes a test that is not written yet")
  end
  if options ~= nil and type(options) ~= "table" then
    misuse("the options of it are a table, such as {timeout = 2}")
  end
  for option in pairs(options or {}) do
    if option ~= "timeout" then
      misuse("unknown option " .. spell(option) .. "; there is timeout")
    end
  end
  local timeout = options and options.timeout
  if timeout ~= nil and not (type(timeout) == "number" and timeout > 0 and timeout <= 86400) then
    misuse("timeout wants seconds above 0, at most 86400")
  end
  current.children[#current.children + 1] = {
    is_test = true, name = name, parent = current, mode = mode, fn = fn, timeout = timeout, where = where(),
  }
end

local function with_modes(make)
  return setmetatable({
    skip = function(name, a, b)
      make(name, a, b, "skip")
    end,
    only = function(name, a, b)
      make(name, a, b, "only")
    end,
  }, {
    __call = function(_, name, a, b)
      make(name, a, b)
    end,
  })
end

suite.it = with_modes(it)
suite.describe = with_modes(function(name, fn, _, mode)
  describe(name, fn, mode)
end)

--- A test that is still to be written.
function suite.it.todo(name)
  it(name, nil, nil, "todo")
end

for _, moment in ipairs({ "before_all", "after_all", "before_each", "after_each" }) do
  suite[moment] = function(fn)
    if not current then
      misuse(moment .. " belongs outside of tests")
    end
    if type(fn) ~= "function" then
      misuse(moment .. " wants a function")
    end
    local hooks = current[moment]
    hooks[#hooks + 1] = fn
  end
end

--- `test.each{{1, 2}, {3, 4}}("adds %d to %d", function(a, b) … end)`: a test for each row.
function suite.each(rows)
  if type(rows) ~= "table" then
    misuse("each wants a list of rows")
  end
  return function(name, options, fn)
    if fn == nil then
      options, fn = nil, options
    end
    check(name, "each")
    if type(fn) ~= "function" then
      misuse("each{…} wants a name and a function")
    end
    for index, row in ipairs(rows) do
      local values = type(row) == "table" and pack(unpack(row)) or pack(row)
      local texts = {}
      for position = 1, values.n do
        local value = values[position]
        texts[position] = (type(value) == "string" or type(value) == "number") and value or spell(value)
      end
      local ok, label = pcall(format, name, unpack(texts, 1, values.n))
      if not ok or label == name and #rows > 1 then
        label = name .. " (" .. tostring(index) .. ")"
      end
      it(label, options, function()
        return fn(unpack(values, 1, values.n))
      end)
    end
  end
end

--- No tests can be added from now on.
function suite.close()
  current = nil
end

return suite
