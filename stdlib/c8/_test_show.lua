-- Values as text, and what differs between two of them: for the messages of c8.test.
local native = ...

local null = native.json.null
local error, getmetatable, ipairs, next, pcall, rawequal = error, getmetatable, ipairs, next, pcall, rawequal
local tonumber, tostring, type = tonumber, tostring, type
local math_type = math.type
local concat, sort, move = table.concat, table.sort, table.move
local byte, find, format, gsub, sub = string.byte, string.find, string.format, string.gsub, string.sub

local longest_string, longest_table, deepest, most_differences = 200, 300, 4, 10

--- Cuts a text so that no character of UTF-8 is cut in two.
local function shortened(text, length)
  if #text <= length then
    return text
  end
  while length > 0 and (byte(text, length + 1) or 0) & 0xC0 == 0x80 do
    length = length - 1
  end
  return sub(text, 1, length) .. "…"
end

local escapes = { ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ['"'] = '\\"', ["\\"] = "\\\\" }

local function quoted(text)
  text = gsub(shortened(text, longest_string), '[%c"\\\127]', function(character)
    return escapes[character] or format("\\x%02x", byte(character))
  end)
  return '"' .. text .. '"'
end

local function number_text(value)
  local text = tostring(value)
  if math_type(value) == "float" and tonumber(text) ~= value and value == value then
    text = format("%.17g", value)
  end
  return text
end

local function is_name(key)
  return type(key) == "string" and find(key, "^[%a_][%w_]*$") ~= nil
end

--- The keys of a table: 1…n in their order, then the others by their text.
local function keys_of(value)
  local keys, count = {}, #value
  for index = 1, count do
    keys[index] = index
  end
  local others = {}
  for key in next, value do
    if math_type(key) ~= "integer" or key < 1 or key > count then
      others[#others + 1] = key
    end
  end
  sort(others, function(a, b)
    local left, right = type(a), type(b)
    if left ~= right then
      return left < right
    end
    if left == "number" or left == "string" then
      return a < b
    end
    return tostring(a) < tostring(b)
  end)
  return move(others, 1, #others, count + 1, keys), count
end

local show

local function show_table(value, depth, above)
  local meta = getmetatable(value)
  local ok, has_text = pcall(function()
    return type(meta) == "table" and meta.__tostring ~= nil
  end)
  if ok and has_text or meta == false then
    local told, text = pcall(tostring, value)
    return told and shortened(text, longest_string) or "a table"
  end
  if above[value] then
    return "{itself}"
  end
  if depth >= deepest then
    return "{…}"
  end
  above[value] = true
  local keys, count = keys_of(value)
  local parts, length = {}, 0
  for index, key in ipairs(keys) do
    local text = show(value[key], depth + 1, above)
    if index > count then
      text = (is_name(key) and key or "[" .. show(key, depth + 1, above) .. "]") .. " = " .. text
    end
    length = length + #text
    if length > longest_table and index > 1 then
      parts[index] = "… " .. #keys - index + 1 .. " more"
      break
    end
    parts[index] = text
  end
  above[value] = nil
  return "{" .. concat(parts, ", ") .. "}"
end

--- A value as Lua would write it, shortened where it is long.
function show(value, depth, above)
  local kind = type(value)
  if rawequal(value, null) then
    return "null"
  elseif kind == "string" then
    return quoted(value)
  elseif kind == "number" then
    return number_text(value)
  elseif kind == "table" then
    return show_table(value, depth or 0, above or {})
  elseif kind == "function" or kind == "thread" then
    return "a " .. kind
  end
  local told, text = pcall(tostring, value)
  return told and text or "a " .. kind
end

local function step(path, key)
  if is_name(key) then
    return path .. "." .. key
  end
  return path .. "[" .. show(key) .. "]"
end

--- The two as a difference shows them: where they would look alike, with their types.
local function pair(expected, got)
  local left, right = show(expected), show(got)
  if math_type(expected) ~= math_type(got) and type(expected) == type(got) then
    left, right = left .. " (" .. math_type(expected) .. ")", right .. " (" .. math_type(got) .. ")"
  elseif left == right then
    left, right = left .. " (" .. type(expected) .. ")", right .. " (" .. type(got) .. ")"
  end
  return "expected " .. left .. ", got " .. right
end

local compare

local function compare_tables(expected, got, path, state)
  local seen = state.seen[expected]
  if not seen then
    seen = {}
    state.seen[expected] = seen
  elseif seen[got] then
    -- Compared already, or about to be: a cycle on both sides.
    return
  end
  seen[got] = true
  for _, key in ipairs((keys_of(expected))) do
    compare(expected[key], got[key], step(path, key), state)
  end
  if not state.is_subset then
    for _, key in ipairs((keys_of(got))) do
      if expected[key] == nil then
        compare(nil, got[key], step(path, key), state)
      end
    end
  end
end

function compare(expected, got, path, state)
  if #state > most_differences then
    return
  end
  -- 1 and 1.0 are the same to Lua, and not to whoever reads JSON.
  local same = rawequal(expected, got) and math_type(expected) == math_type(got)
    or expected ~= expected and got ~= got
  local kind = type(expected)
  if not same and kind == type(got) then
    if kind == "table" then
      local ok, equal = pcall(function()
        return expected == got
      end)
      if not (ok and equal) then
        return compare_tables(expected, got, path, state)
      end
      same = true
    elseif kind == "userdata" then
      same = expected == got
    end
  end
  if not same then
    state[#state + 1] = (path == "" and "" or path .. ": ") .. pair(expected, got)
  end
end

--- What differs, one line for each place; an empty list where nothing does. With `is_subset`, what only `got` has is no
--- difference.
local function differences(expected, got, is_subset)
  local state = { seen = {}, is_subset = is_subset }
  local ok, problem = pcall(compare, expected, got, "", state)
  if not ok then
    error(problem, 0)
  end
  if #state > most_differences then
    state[#state] = "… and more"
  end
  state.seen, state.is_subset = nil, nil
  return state
end

return { show = show, differences = differences, shortened = shortened }
