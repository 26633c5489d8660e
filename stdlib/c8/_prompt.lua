-- What `c8run repl` is made of in Lua: it runs what is typed, describes results, and looks names up.
-- Scripts never see it. Everything it uses is taken before the first line is typed, so that no line can change it.
local native = ...

local inspect, is_module, null = native.inspect, native.is_module, native.null
local ipairs, load_module, next = ipairs, require, next
local pcall, rawequal, rawget, rawlen, rawset = pcall, rawequal, rawget, rawlen, rawset
local select, tostring, type = select, tostring, type
local concat, pack, sort = table.concat, table.pack, table.sort
local find, format, sub = string.find, string.format, string.sub
local status, math_type = coroutine.status, math.type
local globals, loaded, strings = _G, package.loaded, string

local prompt = {}

--- Top-level locals of the lines so far: a function whose first upvalue is the variable.
local locals = {}

---- running ----

--- What a line calls at its end with a function for each local that it declared.
local function keeper(declared)
  return function(...)
    for i, name in ipairs(declared) do
      local getter = select(i, ...)
      if not inspect.upvalues(getter)[1] then
        -- The compiler has put a constant into the function instead of the variable.
        local value = getter()
        getter = function()
          return value
        end
      end
      locals[name] = getter
    end
  end
end

--- The function to call for a line: `chunk` makes it, and it is to see the locals of the lines before.
local function line(chunk)
  local body = chunk()
  for index, name in ipairs(inspect.upvalues(body)) do
    local holder = locals[name]
    if holder then
      inspect.join(body, index, holder, 1)
    end
  end
  return body
end

---- describing ----

local names

--- Functions of the libraries by what they are called.
local function library_names()
  local found, of_module = {}, {}
  local function add(prefix, values)
    for name, value in next, values do
      -- `_` is the result that is about to be shown. Of several names the first by the alphabet is taken.
      local is_hidden = name == "_" or prefix == "" and of_module[value]
      if type(name) == "string" and type(value) == "function" and not is_hidden then
        local known = found[value]
        if known == nil or prefix .. name < known then
          found[value] = prefix .. name
        end
        of_module[value] = prefix ~= ""
      end
    end
  end
  for module, values in next, loaded do
    if type(module) == "string" and type(values) == "table" and module ~= "_G" then
      add(module .. ".", values)
    end
  end
  add("", globals)
  return found
end

local function function_text(value)
  names = names or library_names()
  local known, facts = names[value], inspect["function"](value)
  if facts.native or facts.host then
    return known and "<function " .. known .. ">" or format("<function: %p>", value)
  end
  local place = facts.source .. ":" .. facts.line
  return known and "<function " .. known .. ": " .. place .. ">" or "<function: " .. place .. ">"
end

--- The text of a `__tostring`, or of an error that it raised.
local function own_text(value)
  local ok, text = pcall(tostring, value)
  if not ok then
    return "<" .. type(value) .. " whose __tostring failed>"
  end
  return #text > 2000 and sub(text, 1, 2000) .. "…" or text
end

local rank = { number = 1, string = 2, boolean = 3 }

local function precedes(a, b)
  local kind, other = type(a), type(b)
  if kind ~= other then
    return (rank[kind] or 4) < (rank[other] or 4)
  end
  if kind == "number" or kind == "string" then
    return a < b
  end
  return format("%p", a) < format("%p", b)
end

--- The keys beyond `length`, sorted. Of very many some are looked at only.
local function keys_of(value, length)
  local keys, count, total = {}, 0, 0
  for key in next, value do
    if not (math_type(key) == "integer" and key >= 1 and key <= length) then
      total = total + 1
      if count < 20000 then
        count = count + 1
        keys[count] = key
      end
    end
  end
  sort(keys, precedes)
  return keys, total
end

local function key_path(path, key)
  if type(key) == "string" and find(key, "^[%a_][%w_]*$") then
    return path .. "." .. key
  end
  if type(key) == "number" or type(key) == "boolean" then
    return path .. "[" .. tostring(key) .. "]"
  end
  return path .. (type(key) == "string" and format("[%q]", key) or "[…]")
end

local describe

local function describe_table(value, budget, path, depth)
  local meta = inspect.metatable(value)
  local name = meta and rawget(meta, "__name")
  -- The marks of c8.json matter where nothing else tells an array from an object.
  if type(name) ~= "string" or find(name, "^json%.") and next(value) ~= nil then
    name = nil
  end
  if meta and rawget(meta, "__tostring") ~= nil and name ~= "c8.error" then
    return { "named", own_text(value) }
  end
  local seen = budget.seen[value]
  if seen then
    return { "cycle", seen }
  end
  if rawequal(value, budget.first) then
    return { "named", "<_>" }
  end
  local length = rawlen(value)
  if next(value) == nil then
    return { "table", name or false, {}, {}, {}, 0, 0 }
  end
  if depth >= budget.depth or budget.left <= 0 then
    return { "deep" }
  end
  budget.seen[value] = path
  local items, shown = {}, {}
  for i = 1, length do
    if i > budget.items or budget.left <= 0 then
      break
    end
    items[i] = describe(rawget(value, i), budget, path .. "[" .. i .. "]", depth + 1)
  end
  local keys, total = keys_of(value, length)
  local values = {}
  for i, key in ipairs(keys) do
    if i > budget.fields or budget.left <= 0 then
      break
    end
    shown[i] = describe(key, budget, path, budget.depth)
    values[i] = describe(rawget(value, key), budget, key_path(path, key), depth + 1)
  end
  budget.seen[value] = nil
  return { "table", name or false, items, shown, values, length - #items, total - #shown }
end

--- A value as tables and plain values that the host shows: bounded, and without anything of the script's in it.
function describe(value, budget, path, depth)
  budget.left = budget.left - 1
  local kind = type(value)
  if kind == "nil" then
    return { "nil" }
  elseif kind == "boolean" or kind == "number" then
    return value
  elseif kind == "string" then
    return #value > budget.bytes and { "string", sub(value, 1, budget.bytes), #value - budget.bytes } or value
  elseif kind == "table" then
    return describe_table(value, budget, path, depth)
  elseif kind == "function" then
    return { "named", function_text(value) }
  elseif kind == "thread" then
    return { "named", "<coroutine: " .. status(value) .. ">" }
  elseif rawequal(value, null) then
    return { "named", "null" }
  end
  local meta = inspect.metatable(value)
  local name = meta and rawget(meta, "__name")
  return { "named", "<" .. (type(name) == "string" and name or kind) .. ">" }
end

local function described(values, limits)
  names = nil
  local result = {}
  for i = 1, values.n do
    local budget = {
      left = limits.values,
      depth = limits.depth,
      items = limits.items,
      fields = limits.fields,
      bytes = limits.bytes,
      seen = {},
      -- The data of a call stands in its envelope as well.
      first = i > 1 and type(values[1]) == "table" and next(values[1]) ~= nil and values[1] or nil,
    }
    local root = i == 1 and "_" or "…"
    result[i] = describe(values[i], budget, root, 0)
  end
  return result
end

--- Runs a line and describes its results. `declared` are the names of its top-level locals where `chunk` makes a
--- function that is to see the locals of the lines before; nil where `chunk` is the line itself.
function prompt.run(chunk, declared, limits)
  local results
  if declared then
    results = pack(line(chunk)(keeper(declared)))
  else
    results = pack(chunk())
  end
  if results.n > 0 then
    rawset(globals, "_", results[1])
  end
  return described(results, limits)
end

---- looking up ----

--- A field as far as it can be known without running anything of the script's.
local function field(value, key)
  for _ = 1, 10 do
    local kind = type(value)
    local found
    if kind == "table" then
      found = rawget(value, key)
      if found == nil and rawequal(value, rawget(loaded, "c8")) and type(key) == "string" and is_module(key) then
        -- The host's own modules do nothing but come into being.
        local ok, module = pcall(load_module, "c8." .. key)
        found = ok and module or nil
      end
    end
    if found ~= nil then
      return found
    end
    if kind == "string" then
      return rawget(strings, key)
    end
    local meta = inspect.metatable(value)
    value = meta and rawget(meta, "__index")
    if type(value) ~= "table" then
      return nil
    end
  end
  return nil
end

local function resolve(path)
  local name = path[1]
  local value
  if locals[name] then
    value = locals[name]()
  else
    value = rawget(globals, name)
    if value == nil and name == "c8" then
      value = load_module("c8")
    end
  end
  for i = 2, #path do
    value = field(value, path[i])
  end
  return value
end

local function kind_of(value)
  return type(value) == "table" and "table" or type(value) == "function" and "function" or "value"
end

--- The names that may follow a path, `name, kind, name, kind, …`: all locals and globals for an empty one.
function prompt.names(path)
  local found, result = {}, {}
  local function add(name, value)
    if type(name) == "string" and not found[name] and #result < 8000 then
      found[name] = true
      result[#result + 1] = name
      result[#result + 1] = kind_of(value)
    end
  end
  if #path == 0 then
    for name, getter in next, locals do
      add(name, getter())
    end
    for name, value in next, globals do
      add(name, value)
    end
    return result
  end
  local value = resolve(path)
  for _ = 1, 10 do
    if type(value) == "string" then
      value = strings
    end
    if type(value) == "table" then
      for name, of in next, value do
        add(name, of)
      end
    elseif type(value) ~= "userdata" then
      break
    end
    local meta = inspect.metatable(value)
    value = meta and rawget(meta, "__index")
    if type(value) ~= "table" then
      break
    end
  end
  return result
end

--- What a function is called with and where it is defined; nothing for what is no function of the script's.
function prompt.signature(path)
  local value = resolve(path)
  if type(value) ~= "function" then
    return nil
  end
  local facts = inspect["function"](value)
  if facts.native or facts.host then
    return nil
  end
  if facts.vararg then
    facts[#facts + 1] = "..."
  end
  return concat(facts, ", "), facts.source .. ":" .. facts.line
end

--- The names of the locals that lines see.
function prompt.locals()
  local result = {}
  for name in next, locals do
    result[#result + 1] = name
  end
  return result
end

return prompt.run, prompt.names, prompt.signature, prompt.locals
