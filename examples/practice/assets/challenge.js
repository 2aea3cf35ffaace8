// An invisible challenge: asks its own host for a token and tells it nothing
// about the person.
window.practiceChallenge = {
  async execute(site) {
    const origin = 'https://www.recaptcha.net';
    const seed = crypto.getRandomValues(new Uint32Array(4)).join('-');
    const answer = await fetch(origin + '/token', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: new URLSearchParams({ site, seed }).toString(),
    });
    if (!answer.ok) throw new Error('the challenge was refused');
    return (await answer.json()).token;
  },
};
