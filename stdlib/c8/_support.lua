-- What the embedded modules share: what can be called, and errors about wrong arguments.
local native = ...

local getmetatable, type = getmetatable, type
local raise = native.raise

local support = {}

function support.is_callable(value)
  if type(value) == "function" then
    return true
  end
  local meta
  if type(value) == "table" or type(value) == "userdata" then
    meta = getmetatable(value)
  end
  -- What hides its metatable may well be called, as the lines of c8.fs can.
  return meta ~= nil and (type(meta) ~= "table" or meta.__call ~= nil)
end

--- Raises an error of kind `invalid`, at the script's line that called into the module.
support.invalid = raise

--- The same about an argument, in the words of Lua's own library.
function support.bad_argument(position, name, problem)
  raise("bad argument #" .. position .. " to '" .. name .. "' (" .. problem .. ")")
end

--- The same about an argument of another type than the one that is expected.
function support.expect(expected, position, name, value)
  support.bad_argument(position, name, expected .. " expected, got " .. type(value))
end

return support
