-- c8.progress: how far a script is, on one line of the terminal, or now and then in the log.
local _, native, support = ...

local getmetatable, setmetatable, type = getmetatable, setmetatable, type

local bar_methods = {}
local bar_meta = { __name = "c8.progress.bar", __metatable = false, __index = bar_methods }

local function inside(bar, name)
  local found = type(bar) == "table" and getmetatable(bar) == false and bar[bar_meta]
  if not found then
    support.invalid("calling '" .. name .. "' on a bad self (a bar of c8.progress expected)")
  end
  return found
end

--- So much more is done; 1 if not said.
function bar_methods.advance(bar, amount)
  inside(bar, "advance").advance(amount)
end

--- All is done.
function bar_methods.finish(bar)
  inside(bar, "finish").finish()
end

function bar_meta.__close(bar)
  bar[bar_meta].finish()
end

local progress = {}

--- `local bar <close> = progress.bar{total = 500, label = "orders"}`, then `bar:advance(1)`.
function progress.bar(options)
  local advance, finish = native.bar(options)
  return setmetatable({ [bar_meta] = { advance = advance, finish = finish } }, bar_meta)
end

return progress
