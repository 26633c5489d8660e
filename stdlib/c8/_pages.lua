-- c8.pages: all items of a paged operation, one after another, with a page or two in memory.
local native, support = ...

local call, find_paging, fail, encode = native.call, native.paging, native.paging_failed, native.json.encode
local max, min, tointeger = math.max, math.min, math.tointeger
local ipairs, next, pairs, tonumber, type = ipairs, next, pairs, tonumber, type
local gmatch, move = string.gmatch, table.move

-- Far more than a list changes between two requests; beyond it the list is another one.
local most_pages = 10

--- Two items are the same where their JSON is.
local function same(left, right)
  return encode(left, { sort_keys = true }) == encode(right, { sort_keys = true })
end

local function field(data, name)
  if type(data) ~= "table" then
    return nil
  end
  local value = data[name]
  if value ~= nil then
    return value
  end
  -- "page.records" leads into an object.
  value = data
  for part in gmatch(name, "[^.]+") do
    value = type(value) == "table" and value[part] or nil
  end
  return value
end

--- Where the items go on in `list`: behind the place of the given item, or nil where it is not there.
local function behind(item, list)
  for i = #list, 1, -1 do
    if same(list[i], item) then
      return i + 1
    end
  end
  return nil
end

--- Whether a page is the one before it over again, as it is where the platform passes over the page's number.
local function repeats(items, before)
  if #items == 0 or #items ~= #before or same(items[1], items[#items]) then
    return false
  end
  for i, item in ipairs(items) do
    if not same(item, before[i]) then
      return false
    end
  end
  return true
end

return function(id, body, opts)
  if type(id) ~= "string" then
    support.expect("string", 1, "c8.pages", id)
  end
  if body ~= nil and type(body) ~= "table" then
    support.expect("table", 2, "c8.pages", body)
  end
  local names = find_paging(id)
  local request = {}
  for name, value in pairs(body or {}) do
    request[name] = value
  end
  local function paging_number(name, usual, least)
    local value = request[name]
    local whole = value == nil and usual or tointeger(tonumber(value))
    if not whole or whole < least or whole > 2 ^ 53 then
      support.bad_argument(2, "c8.pages", "field " .. name .. ": a whole number from " .. least .. " expected")
    end
    return whole
  end

  local first, size = paging_number(names.page, 1, 0), paging_number(names.size, 100, 1)

  local function fetch(number)
    request[names.page], request[names.size] = number, size
    local data = call(id, request, opts)
    local items = field(data, names.items)
    if items == nil and type(data) == "table" and next(data) ~= nil then
      fail(id, "the data has no field '" .. names.items .. "'; mend paging.items in its binding")
    end
    -- Also the null of JSON stands for no items.
    return type(items) == "table" and items or {}, tointeger(field(data, names.total))
  end

  --- Items that were added or removed before our place have moved the rest over the pages' borders. What is to come
  --- begins behind the last item handed out, wherever that is now. Gives the items to go on with, the total, and the
  --- page that they end with.
  local function realign(page, fresh, total, was, length, handed_out)
    for _ = 1, 3 do
      -- Where the last item is if all that has changed was before it.
      local place = ((page - first) * length - 1 - (was - total)) // length + first
      local lowest = max(first, min(place, page - 1), page - most_pages)
      local list, settled = {}, true
      for number = lowest, page - 1 do
        local items, now = fetch(number)
        settled = settled and now == total
        move(items, 1, #items, #list + 1, list)
      end
      move(fresh, 1, #fresh, #list + 1, list)
      if settled then
        -- The item we stood at may be gone itself; then the one before it tells the place.
        local ahead = {}
        for i = #handed_out, 1, -1 do
          local start = behind(handed_out[i], list)
          if start then
            return move(list, start, #list, 1, {}), total, page
          end
          for number = page + 1, min(place, page + most_pages) do
            ahead[number] = ahead[number] or fetch(number)
            start = behind(handed_out[i], ahead[number])
            if start then
              return move(ahead[number], start, #ahead[number], 1, {}), total, number
            end
          end
        end
        break
      end
      -- It moves while we look; look again.
      fresh, total = fetch(page)
    end
    return fresh, total, page
  end

  local page, length, total = first - 1, nil, nil
  local items, position, before, handed_out = {}, 0, {}, {}
  local ended = false
  return function()
    while true do
      position = position + 1
      local item = items[position]
      if item ~= nil then
        return item
      end
      if ended then
        return nil
      end
      page = page + 1
      local raw, now = fetch(page)
      local fresh = raw
      if now and total and now ~= total and length > 0 then
        fresh, now, page = realign(page, raw, now, total, length, handed_out)
      elseif repeats(raw, before) then
        fail(id, "page " .. page .. " is the same as the one before; mend paging.page in its binding")
      end
      length = length or #raw
      -- Pages count from 1, but for platforms that a script has begun at 0.
      local covered = (page - (first == 0 and -1 or 0)) * length
      ended = #raw == 0 or (now and covered >= now) or (not now and #raw < length)
      items, position, before, total = fresh, 0, raw, now
      if #fresh > 0 then
        handed_out = fresh
      end
    end
  end
end
