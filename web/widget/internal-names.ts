/** Names of our own that the build may make short, for the sake of bytes; the rest keeps its name. */

/**
 * All of functions and of what holds them: they are never stored, nor sent to a server or another tab,
 * nor called by a name in a text. None may be a key of the wire or of a language file, a name that
 * loader and panel share (they are built apart), or what a chunk exports. The DOM's names are left
 * alone by the minifier itself.
 */
export const INTERNAL =
  "acknowledge|arrived|atEnd|byRest|bySocket|catchUp|distrust|fetched|historyRejected|hurry|" +
  "importPanel|interrupted|isOpen|newFrom|onSleep|onState|onWake|openSocket|outside|overRest|" +
  "overSocket|scatter|serverIsBack|settle|setVisible|surroundings|toEnd|tryNow|visitorKey";
