// Tries to speak UDP with a server of the target's host and port.
const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:' + TARGET}]});
peer.createDataChannel('x');
peer.createOffer().then(offer => peer.setLocalDescription(offer));
