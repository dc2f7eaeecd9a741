/** Names of our own that the build may make short, for the sake of bytes; the rest keeps its name. */

/**
 * They are never stored, nor sent to a server, nor called by a name in a text; tabs that share a chat
 * do send them to each other, and only tabs of one and the same build share one. None may be a key of
 * the wire or of a language file, a setting, a name that loader and panel share (they are built apart),
 * what a chunk exports, or what we ask of the browser: `options` is one of ours here, `observe` is not.
 */
export const INTERNAL =
  "acknowledge|actions|adopt|api|arrived|asking|atEnd|attempt|bridge|build|byRest|bySocket|" +
  "cable|catchUp|changed|client|compare|complete|composer|conversation|distrust|door|drafts|" +
  "dress|dropped|element|endpoint|entry|expire|failures|fetched|fetching|flush|follow|" +
  "forget|getState|handler|hasMore|header|held|historyRejected|hurry|importPanel|" +
  "interrupted|isOpen|joined|lastSeq|lead|list|loaded|lost|missed|moved|needs|newFrom|" +
  "onHide|online|onShow|onSleep|onState|onWake|openChannel|openSocket|options|outbox|" +
  "outside|overRest|overSocket|owner|parts|pending|perform|place|placement|plural|polling|" +
  "proof|quiet|reachable|reader|readUpTo|received|rejected|replySeconds|restarting|restore|" +
  "retryAfter|scatter|sender|serverIsBack|settle|setVisible|signedOut|sockets|speech|stall|" +
  "stash|storage|stored|subscribe|surroundings|take|takeContact|tell|toEnd|transcript|" +
  "transient|tryNow|typed|unsubscribe|viewedUpTo|visitorKey|ways|whisper|wrote";
