-- Spies and stubs: functions that note how they are called, and take another's place until the test ends.
local native = ...

local misuse = native.misuse
local rawget, rawset, setmetatable, type = rawget, rawset, setmetatable, type
local pack, unpack = table.pack, table.unpack

local doubles = {}
--- What stubs have replaced, in order: {table, name, what was there}.
local replaced = {}

local spy_meta = {
  __name = "c8.test.spy",
  __call = function(spy, ...)
    local calls = spy.calls
    calls[#calls + 1] = pack(...)
    if spy.fn then
      return spy.fn(...)
    end
    return unpack(spy.results, 1, spy.results.n)
  end,
}

--- A function that notes its calls in `calls`, each as a list with its `n`. It does what `fn` does, or returns nothing.
function doubles.spy(fn)
  if fn ~= nil and type(fn) ~= "function" and type(fn) ~= "table" then
    misuse("spy wants a function, or nothing")
  end
  return setmetatable({ calls = {}, fn = fn, results = pack() }, spy_meta)
end

--- Puts a spy in the place of a table's field until the test ends. What follows the name is a function that is called
--- instead, or what the spy returns.
function doubles.stub(target, name, ...)
  if type(target) ~= "table" then
    misuse("stub wants a table, and the name of its field")
  end
  local first = ...
  local spy
  if type(first) == "function" then
    spy = doubles.spy(first)
  else
    spy = doubles.spy()
    spy.results = pack(...)
  end
  replaced[#replaced + 1] = { target, name, rawget(target, name) }
  rawset(target, name, spy)
  return spy
end

--- How many stubs there are now, for `restore`.
function doubles.mark()
  return #replaced
end

--- Takes back what was stubbed since the mark, the last first.
function doubles.restore(mark)
  for index = #replaced, mark + 1, -1 do
    local target, name, value = unpack(replaced[index], 1, 3)
    rawset(target, name, value)
    replaced[index] = nil
  end
end

return doubles
