// @anycable/web as it comes from npm, driven by a test: commands on stdin, events on stdout, a JSON
// object on each line. Runs in the folder whose node_modules has the packages.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const resolve = createRequire(`${process.cwd()}/package.json`).resolve
const load = name => import(pathToFileURL(resolve(name)).href)

const { createCable, Channel } = await load('@anycable/web')
const { default: WebSocket } = await load('ws')

class ChatChannel extends Channel {
  static identifier = 'ChatChannel'
}

const [url, token, chatId] = process.argv.slice(2)
const tell = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`)

const cable = createCable(url, {
  protocol: 'actioncable-v1-ext-json',
  websocketAuthStrategy: 'sub-protocol',
  auth: { token },
  websocketImplementation: WebSocket,
  websocketOptions: { origin: new URL(url).origin.replace('ws', 'http') },
  protocolOptions: { pongs: true },
  reconnectStrategy: () => 100, // the default begins with six seconds
  logLevel: 'error'
})
const channel = new ChatChannel({ chat_id: chatId })

channel.on('connect', ({ reconnect }) => tell('connect', { reconnect }))
channel.on('disconnect', () => tell('disconnect'))
cable.on('close', error => tell('close', { reason: error?.reason ?? '' }))
channel.on('presence', news => tell('presence', { news }))
channel.on('message', message => tell('message', { message }))

const commands = {
  send: ({ id, content }) => channel.perform('send_message', { id, content }),
  type: () => channel.whisper({ looks: 'like nothing we relay' }),
  join: () => channel.presence.join('forged-id', { name: 'forged name' }),
  leave: () => channel.presence.leave(),
  present: async () => tell('present', { people: await channel.presence.info() })
}

cable.subscribe(channel)
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...more } = JSON.parse(line)
  // A command given while the connection is gone fails, and the test says it again.
  Promise.resolve()
    .then(() => commands[command](more))
    .catch(error => tell('failed', { command, reason: String(error) }))
}
cable.disconnect()
