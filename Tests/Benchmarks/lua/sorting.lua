-- Numbers, strings, and a comparator.
local seed = 42
local function random()
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed
end
for _ = 1, 3 do
  local numbers, names, objects = {}, {}, {}
  for i = 1, 200000 do
    numbers[i] = random()
    objects[i] = { key = random() }
  end
  for i = 1, 50000 do names[i] = "name" .. random() end
  table.sort(numbers)
  table.sort(names)
  table.sort(objects, function(a, b) return a.key < b.key end)
  print(numbers[1], names[1], objects[1].key)
end
