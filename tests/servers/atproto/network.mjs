// Starts @atproto/dev-env on the ports given, on loopback alone, and says where everything is.
import net from 'node:net'

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...told) {
  // dev-env names a port and no host, which would be every interface
  if (/^\d+$/.test(String(told[0])) && typeof told[1] !== 'string') told.splice(1, 0, '127.0.0.1')
  else if (told[0]?.port !== undefined && !told[0].host) told[0] = { ...told[0], host: '127.0.0.1' }
  return listen.apply(this, told)
}

const { TestNetwork } = await import('@atproto/dev-env')
const [pds, appview, plc] = process.argv.slice(2).map(Number)
const network = await TestNetwork.create({
  plc: { port: plc },
  pds: { port: pds, hostname: 'localhost', enableDidDocWithSession: true, inviteRequired: false, rateLimitsEnabled: true },
  bsky: { port: appview, dbPostgresSchema: 'appview', publicUrl: `http://localhost:${appview}` },
})
console.log(JSON.stringify({ pds: network.pds.url, appview: network.bsky.url, database: process.env.DB_POSTGRES_URL, labeler: network.ozone.ctx.cfg.service.did }))
process.on('SIGTERM', () => process.exit())
