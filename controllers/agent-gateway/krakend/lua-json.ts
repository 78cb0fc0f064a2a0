/**
 * Functions of Lua (5.1) that read a JSON text without changing how it is written, for scripts of KrakenD, which has none. They
 * read the variable `text`, and end with the error `{ why = … }` if it is not valid JSON. Each step is linear in the text: Lua
 * goes on after the caller has left, so one that is not would let an agent take the gateway.
 */
export const LUA_JSON = String.raw`local text

local function fail(why) error({ why = why }) end

-- JSON: where the next token begins, and where a string or a value ends.
local function token(at)
  if (text:byte(at) or 0) > 32 then return at end
  return text:find('[^ \t\r\n]', at) or fail('is not complete')
end

local function string_end(at)
  at = at + 1
  while true do
    at = text:find('["\\%z\1-\31]', at) or fail('is not complete')
    local found = text:sub(at, at)
    if found == '"' then return at end
    local escaped = found == '\\' and (text:find('^["\\/bfnrt]', at + 1) or text:find('^u%x%x%x%x', at + 1))
    if not escaped then fail('is not valid JSON') end
    at = at + 2
  end
end

-- The text of a string. Only escapes of ASCII are resolved, because no other text is compared.
local function decoded(first, last)
  local raw = text:sub(first + 1, last - 1):gsub('\\u00([0-7]%x)', function(hex) return string.char(tonumber(hex, 16)) end)
  return (raw:gsub('\\/', '/'))
end

-- Longer texts are nothing that the gateway looks for, and gsub copies a text at each match.
local function string_at(first, last)
  return text:sub(first, first) == '"' and last - first < 2048 and decoded(first, last) or nil
end

-- The longest name that is looked for has 20 letters, of which each can be written with six.
local LONGEST_NAME = 130

local value_end
-- Where large objects and lists end, so that each is read once.
local ends = {}

-- Calls visit with each member of the object or element of the list at a position: first, last, name, and the name as it is
-- written. Returns where the object or list ends. Names with underscores are those of protobuf for the same members.
local function each(at, visit)
  local close = text:sub(at, at) == '{' and '}' or ']'
  at = token(at + 1)
  if text:sub(at, at) == close then return at end
  while true do
    local name, written
    if close == '}' then
      if text:sub(at, at) ~= '"' then fail('is not valid JSON') end
      local last = string_end(at)
      if visit then written = text:sub(at, last) end
      if visit and #written < LONGEST_NAME then name = decoded(at, last):gsub('_(%l)', string.upper) end
      at = token(last + 1)
      if text:sub(at, at) ~= ':' then fail('is not valid JSON') end
      at = token(at + 1)
    end
    local last = value_end(at)
    if visit then visit(at, last, name, written) end
    at = token(last + 1)
    local separator = text:sub(at, at)
    if separator == close then return at end
    if separator ~= ',' then fail('is not valid JSON') end
    at = token(at + 1)
  end
end

local function is_number(literal)
  local digits, rest = literal:match('^%-?(%d+)(.*)$')
  local has_zero = digits and #digits > 1 and digits:sub(1, 1) == '0'
  rest = rest and rest:gsub('^%.%d+', '')
  return digits and not has_zero and (rest == '' or rest:find('^[eE][+-]?%d+$'))
end

-- Lua ends with an error at some 80 levels. No card has as many.
value_end = function(at)
  local first = text:sub(at, at)
  if first == '"' then return string_end(at) end
  if first == '{' or first == '[' then
    local last = ends[at] or each(at)
    if last - at > 99 then ends[at] = last end
    return last
  end
  if text:find('^[1-9][,}%]]', at) then return at end
  local _, last = text:find('^[%w+.-]+', at)
  local literal = last and text:sub(at, last) or ''
  local is_word = literal == 'true' or literal == 'false' or literal == 'null'
  return (is_word or is_number(literal)) and last or fail('is not valid JSON')
end

-- The object at a position, written again: change gives the text of a member, or nil to leave the member out.
local function object(at, change)
  local members = {}
  each(at, function(first, last, name, written)
    local value = change(name, first, last)
    if value then members[#members + 1] = written .. ':' .. value end
  end)
  return '{' .. table.concat(members, ',') .. '}'
end
`;
