-- Deletes everything that is kept of a job. A full server still deletes but stores nothing new, so
-- `note_end_of_job` may fail, which does not matter.
local job_key, lease_key, document_key, pending_key, report_key, deliveries_key, due_key, clean_key = unpack(KEYS)
local job_id = ARGV[1]

local request_key, result_key = unpack(redis.call('HMGET', job_key, 'request', 'result'))
if request_key then redis.call('DEL', request_key) end
local stored = result_key and redis.call('GET', result_key)
if stored and string.sub(stored, -#job_id) == job_id then redis.call('DEL', result_key) end
remove_from_turns(name_owner(job_key), job_id)
redis.call('ZREM', names.matches .. name_owner(job_key), job_id)
for _, part in ipairs({'document', 'failed', 'report'}) do uncount_part(part, job_key) end
redis.call('HDEL', job_key, 'callback_url')
pcall(note_end_of_job, job_key, job_id)
for _, prefix in ipairs({names.search_facts, names.pages, names.scored_roles}) do redis.call('DEL', prefix .. job_id) end
redis.call('DEL', job_key, lease_key, document_key, report_key, deliveries_key, clean_key)
redis.call('ZREM', pending_key, job_id)
redis.call('ZREM', due_key, 'job:' .. job_id)
