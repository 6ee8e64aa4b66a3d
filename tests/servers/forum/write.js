// Writes on a NodeBB as its own pages do: signs in (or registers), then speaks over its socket.
// Standard input: {"url", "said": [{"by", "title" | "to", "text", "name"}]}; prints the names with their post ids.
'use strict';
var request = require('request');
var io = require('socket.io-client');
var told = JSON.parse(require('fs').readFileSync(0, 'utf8'));
var users = {};

function user(name, done) {
	if (users[name]) { return done(users[name]); }
	var jar = request.jar();
	var form = { username: name, password: 'Passw0rd!x', 'password-confirm': 'Passw0rd!x', email: name.replace(/\W/g, '') + '@example.org', noscript: 'false' };
	request({ url: told.url + '/api/config', json: true, jar: jar }, function (error, answer, config) {
		var path = name === told.council ? '/login' : '/register';
		request.post({ url: told.url + path, form: form, jar: jar, json: true, headers: { 'x-csrf-token': config.csrf_token } }, function (error, answer, body) {
			if (error || answer.statusCode >= 400) { throw new Error(path + ' ' + JSON.stringify(body)); }
			var socket = io(told.url, { transports: ['websocket'], extraHeaders: { Cookie: jar.getCookieString(told.url) } });
			socket.on('connect', function () { users[name] = socket; done(socket); });
		});
	});
}

var made = {};
(function next(said) {
	if (!said.length) { console.log(JSON.stringify(made)); process.exit(0); }
	var one = said[0];
	user(one.by, function (socket) {
		function written(error, post) {
			if (error) { throw new Error(JSON.stringify(error)); }
			made[one.name] = one.to ? { pid: post.pid, tid: post.tid } : { pid: post.mainPid, tid: post.tid };
			setTimeout(function () { next(said.slice(1)); }, 1100);
		}
		if (one.to) {
			socket.emit('posts.reply', { tid: made[one.to].tid, content: one.text }, written);
		} else {
			socket.emit('topics.post', { title: one.title, content: one.text, cid: 2 }, written);
		}
	});
}(told.said));
