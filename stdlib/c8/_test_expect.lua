-- expect(value): what c8.test says of values.
local native, text = ...

local show, differences = text.show, text.differences
local fail, misuse = native.fail, native.misuse
local getmetatable, next, pcall, rawequal, select = getmetatable, next, pcall, rawequal, select
local math_type, setmetatable, tostring, type = math.type, setmetatable, tostring, type
local concat, sort, pack = table.concat, table.sort, table.pack
local find = string.find
local null = native.json.null

local matchers = {}

--- A matcher returns whether it holds, and what the value is expected to do, as in "to be 3". Perhaps with a text of
--- its own for when it does not.
function matchers.to_be(value, expected)
  local same = rawequal(value, expected) or value == expected
  local hint
  if not same and type(value) == "table" and type(expected) == "table" then
    hint = #differences(expected, value) == 0 and " (another table with the same content: to_equal compares contents)"
  end
  return same, "to be " .. show(expected) .. (hint or "")
end

function matchers.to_equal(value, expected)
  local lines = differences(expected, value)
  local problem
  if type(value) == "table" and type(expected) == "table" then
    problem = "the values differ:\n  " .. concat(lines, "\n  ")
  end
  return #lines == 0, "to equal " .. show(expected), problem or lines[1]
end

function matchers.to_be_nil(value)
  return value == nil, "to be nil"
end

function matchers.to_be_null(value)
  return rawequal(value, null), "to be null"
end

function matchers.to_be_truthy(value)
  return not not value, "to be neither nil nor false"
end

function matchers.to_be_falsy(value)
  return not value, "to be nil or false"
end

function matchers.to_be_a(value, name)
  if type(name) ~= "string" then
    misuse("to_be_a wants the name of a type, such as \"table\" or \"integer\"")
  end
  local kind = type(value)
  local holds = kind == name or math_type(value) == name or name == "null" and rawequal(value, null)
  if not holds and (kind == "table" or kind == "userdata") then
    local meta = getmetatable(value)
    holds = type(meta) == "table" and meta.__name == name
  end
  return holds, "to be of type " .. name
end

function matchers.to_contain(value, expected)
  local wanted = "to contain " .. show(expected)
  if type(value) == "string" then
    if type(expected) ~= "string" then
      misuse("a string can contain strings alone")
    end
    return find(value, expected, 1, true) ~= nil, wanted
  elseif type(value) ~= "table" then
    return false, wanted
  end
  for _, item in next, value do
    if #differences(expected, item) == 0 then
      return true, wanted
    end
  end
  return false, wanted
end

function matchers.to_match(value, expected)
  if type(expected) == "table" then
    if type(value) ~= "table" then
      return false, "to match " .. show(expected)
    end
    local lines = differences(expected, value, true)
    return #lines == 0, "to match " .. show(expected), "the values differ:\n  " .. concat(lines, "\n  ")
  elseif type(expected) ~= "string" then
    misuse("to_match wants a Lua pattern, or a table of fields")
  end
  return type(value) == "string" and find(value, expected) ~= nil, "to match the pattern " .. show(expected)
end

function matchers.to_be_close(value, expected, tolerance)
  tolerance = tolerance or 1e-6
  if type(expected) ~= "number" or type(tolerance) ~= "number" then
    misuse("to_be_close wants a number, and perhaps how far it may be away")
  end
  local difference = type(value) == "number" and value - expected
  local holds = difference and difference <= tolerance and -difference <= tolerance or false
  return holds, "to be " .. show(expected) .. " within " .. show(tolerance)
end

function matchers.to_have_length(value, length)
  if type(length) ~= "number" then
    misuse("to_have_length wants a number")
  end
  local ok, count = pcall(function()
    return #value
  end)
  local problem = ok and "expected " .. show(value) .. " to have length " .. length .. ", it has " .. count
  return ok and count == length, "to have length " .. show(length), problem or nil
end

--- What of an error is not as expected; nil where all is.
local function problem_with(raised, expected)
  if type(expected) == "string" then
    local message = tostring(raised)
    if find(message, expected, 1, true) then
      return nil
    end
    return "expected an error with " .. show(expected) .. ", got " .. show(message)
  end
  for name, wanted in next, expected do
    local got
    if type(raised) == "table" then
      got = raised[name]
    elseif name == "message" then
      got = tostring(raised)
    end
    local holds = #differences(wanted, got) == 0
    if name == "message" and type(wanted) == "string" and type(got) == "string" then
      holds = find(got, wanted, 1, true) ~= nil or find(got, wanted) ~= nil
    end
    if not holds then
      local place = "the error's " .. tostring(name) .. ": "
      local difference = place .. "expected " .. show(wanted) .. ", got " .. show(got)
      return difference .. "\n  the error: " .. show(tostring(raised))
    end
  end
  return nil
end

--- Calls the value. Returns the error on success, so that more can be expected of it.
function matchers.to_raise(value, expected)
  if expected ~= nil and type(expected) ~= "string" and type(expected) ~= "table" then
    misuse("to_raise wants a text that the message has, or a table of the error's fields")
  end
  local meta = getmetatable(value)
  if type(value) ~= "function" and not (type(meta) == "table" and meta.__call) then
    misuse("to_raise wants a function: expect(function() … end).to_raise()")
  end
  local ok, raised = pcall(value)
  if ok then
    return false, "to raise an error", "expected an error, but none was raised"
  end
  local problem = expected ~= nil and problem_with(raised, expected) or nil
  return problem == nil, "to raise this error: " .. show(tostring(raised)), problem, raised
end

local function calls_of(value)
  local calls = type(value) == "table" and type(value.calls) == "table" and value.calls
  if not calls then
    misuse("this wants a spy: test.spy() or test.stub(…)")
  end
  return calls
end

function matchers.to_have_been_called(value, times)
  local count = #calls_of(value)
  if times == nil then
    return count > 0, "to have been called", "expected a call, but there was none"
  end
  return count == times, "to have been called " .. show(times) .. " times",
    "expected " .. show(times) .. " calls, there were " .. count
end

function matchers.to_have_been_called_with(value, ...)
  local expected = pack(...)
  local lines
  local calls = calls_of(value)
  for index = #calls, 1, -1 do
    local found = differences(expected, calls[index])
    if #found == 0 then
      return true, "to have been called with these arguments"
    end
    lines = lines or found
  end
  local problem = lines and "no call has these arguments; the last one differs:\n  " .. concat(lines, "\n  ")
  return false, "to have been called with these arguments", problem or "expected a call, but there was none"
end

local parts = setmetatable({}, { __mode = "k" })
local negations = { never = true, not_to = true, is_not = true }
local meta = { __name = "c8.test.expectation", __metatable = false }

local function expectation(value, message, is_negated)
  local made = setmetatable({}, meta)
  parts[made] = { value = value, message = message, is_negated = is_negated }
  return made
end

local function judge(expected, matcher, ...)
  local part = parts[expected]
  local holds, wanted, problem, result = matcher(part.value, ...)
  if holds ~= not part.is_negated then
    if part.is_negated or not problem then
      problem = "expected " .. show(part.value) .. (part.is_negated and " not " or " ") .. wanted
    end
    if part.message ~= nil then
      problem = tostring(part.message) .. ": " .. problem
    end
    fail(problem)
  end
  return result
end

local function unknown(name)
  local names = {}
  for known in next, matchers do
    names[#names + 1] = known
  end
  sort(names)
  misuse("there is no matcher " .. show(name) .. "; there are " .. concat(names, ", ") .. ", and never before each")
end

function meta.__index(self, name)
  local part = parts[self]
  if negations[name] then
    return expectation(part.value, part.message, not part.is_negated)
  end
  local matcher = matchers[name] or type(name) == "string" and matchers["to_" .. name]
  if not matcher then
    unknown(name)
  end
  -- `expect(v).to_be(3)` and `expect(v):to_be(3)` are the same.
  return function(...)
    if select("#", ...) > 0 and rawequal((...), self) then
      return judge(self, matcher, select(2, ...))
    end
    return judge(self, matcher, ...)
  end
end

--- `expect(value).to_equal{…}`, `expect(value).never.to_be_nil()`; with a message that is put before what went wrong.
return function(...)
  if select("#", ...) == 0 then
    misuse("expect wants a value")
  end
  return expectation(...)
end
