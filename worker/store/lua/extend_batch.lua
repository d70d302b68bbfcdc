-- Adds documents to a batch, whose jobs are stored already: `entries` is a list in JSON, as the one that the batch has,
-- with `count` documents, `items` are the ids of their jobs, and `passed_over` the names of files beside them, a line each.
--
-- Answers {'made'}; {'gone'} if there is no such batch; {'full'} if it would have too many documents; or what
-- `find_used_key` answers for the Idempotency-Key.
local batch_id, request_key, count = given.batch_id, given.request_key, given.count
local batch_key = names.batch .. batch_id

local known_entries, documents, requests = unpack(redis.call('HMGET', batch_key, 'entries', 'documents', 'request'))
if not known_entries then return {'gone'} end
local used = find_used_key(request_key, given.digest)
if used then return used end
if (documents or 0) + count > tonumber(given.max_documents) then return {'full'} end

if given.digest ~= '' then
  remember_request(request_key, given.digest, batch_id)
  redis.call('HSET', batch_key, 'request', (requests and requests .. ' ' or '') .. request_key)
end
redis.call('HSET', batch_key, 'entries', string.sub(known_entries, 1, -2) .. ',' .. string.sub(given.entries, 2))
if given.passed_over ~= '' then
  local names_before = redis.call('HGET', batch_key, 'passed_over')
  redis.call('HSET', batch_key, 'passed_over', (names_before and names_before .. '\n' or '') .. given.passed_over)
end
redis.call('HINCRBY', batch_key, 'documents', count)
redis.call('HINCRBY', batch_key, 'jobs', #items)
for _, job_id in ipairs(items) do
  redis.call('HDEL', names.job .. job_id, 'joining')
  if has_ended(redis.call('HGET', names.job .. job_id, 'state')) then redis.call('SADD', names.ended .. batch_id, job_id) end
end
count_change(batch_id, items)
keep_batch(batch_id)
redis.call('EXPIRE', names.batches .. name_owner(batch_key), seconds.record)
check_end_of_batch(batch_id)
return {'made'}
