-- Binary trees that are made, counted and dropped: the allocator and the collector.
local function tree(depth)
  if depth == 0 then return {} end
  return { tree(depth - 1), tree(depth - 1) }
end

local function count(node)
  if not node[1] then return 1 end
  return 1 + count(node[1]) + count(node[2])
end

local kept = tree(14)
for depth = 4, 14, 2 do
  local times, sum = 1 << (14 - depth + 4), 0
  for _ = 1, times do sum = sum + count(tree(depth)) end
  print(depth, times, sum)
end
print(count(kept))
