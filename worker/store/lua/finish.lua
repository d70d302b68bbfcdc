-- Ends a job with its report or its error; `report`, `error`, `outline`, `search_facts` and `pages` are empty where
-- there is none.
--
-- `max_failed_bytes` is empty unless another try may help: then the document is kept if there is room. `work_seconds` is
-- how long workers were busy with the job; its owner is charged for them. After the named arguments come the names of
-- counts, each followed by what to add to it.
-- Answers 1 if this call ended the job, 0 if it had ended before or was deleted: the first result stays.
local job_key, lease_key, document_key, pending_key, report_key, clean_key, metrics_key = unpack(KEYS)
local job_id, now, versions, state, report, error, outline, search_facts, pages, max_failed_bytes, work_seconds =
  unpack(ARGV, 1, 11)
local FIRST_COUNT = 12

local state_before, request_key, result_key, roles_digest, scored_before =
  unpack(redis.call('HMGET', job_key, 'state', 'request', 'result', 'roles', 'anew'))
if has_ended(state_before) then return 0 end

if scored_before and state == 'failed' then state, error, max_failed_bytes = 'done', '', '' end  -- it keeps the report that it has
redis.call('HDEL', job_key, 'anew')
redis.call('HSET', job_key, 'state', state, 'finished_at', now)
if report ~= '' then
  redis.call('SET', report_key, report, 'EX', seconds.record)
  redis.call('HSET', job_key, 'outline', outline)
  keep_with_report(names.search_facts, job_id, search_facts)
  keep_with_report(names.pages, job_id, pages)  -- a job that was scored before has them already
  local kept_bytes = redis.call('STRLEN', names.scored_roles .. job_id) + redis.call('STRLEN', names.pages .. job_id)
  uncount_part('report', job_key)
  count_part('report', job_key, job_id, #report + #outline + #search_facts + kept_bytes, seconds.record)
  if result_key then redis.call('SET', result_key, versions .. (roles_digest or '') .. ' ' .. job_id, 'EX', seconds.record) end
end
if error ~= '' then redis.call('HSET', job_key, 'error', error) end
redis.call('EXPIRE', job_key, seconds.record)
for _, prefix in ipairs({names.scored_roles, names.pages}) do redis.call('EXPIRE', prefix .. job_id, seconds.record) end
if request_key then redis.call('EXPIRE', request_key, seconds.record) end

uncount_part('document', job_key)
if max_failed_bytes == '' then
  redis.call('DEL', document_key)
else
  keep_failed(job_key, job_id, document_key, max_failed_bytes)
end
redis.call('DEL', lease_key, clean_key)
redis.call('HINCRBY', metrics_key, 'attempts', redis.call('HGET', job_key, 'attempts'))
for i = FIRST_COUNT, #ARGV, 2 do redis.call('HINCRBYFLOAT', metrics_key, ARGV[i], ARGV[i + 1]) end
redis.call('ZREM', pending_key, job_id)
local owner = name_owner(job_key)
remove_from_turns(owner, job_id)
charge(owner, math.max(0, work_seconds - START_SECONDS))
note_end_of_job(job_key, job_id)
return 1
