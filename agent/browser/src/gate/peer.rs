//! Who is at the other end of a loopback connection.
//!
//! Chromium's proxy flag carries no password, so the gate cannot tell its own
//! browser from another program of the same user. It can tell another user's:
//! on Linux the kernel lists who owns each socket. Elsewhere nothing is known,
//! and what protects is that the gate speaks to few hosts and lets out one request.

use std::net::SocketAddr;

/// Whether `peer` is surely another user's program.
#[cfg(target_os = "linux")]
pub(super) fn is_foreign(peer: SocketAddr, gate: SocketAddr) -> bool {
    let own = rustix::process::geteuid().as_raw();
    match std::fs::read_to_string("/proc/net/tcp") {
        Ok(table) => owner(&table, peer, gate) != Some(own),
        Err(_) => false,
    }
}

/// Whether `peer` is surely another user's program.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_foreign(_peer: SocketAddr, _gate: SocketAddr) -> bool {
    false
}

/// The user of the socket from `peer` to `gate` in the kernel's table
/// (proc_pid_net(5)): local and remote address are words 1 and 2, the uid word 7.
#[cfg(any(target_os = "linux", test))]
fn owner(table: &str, peer: SocketAddr, gate: SocketAddr) -> Option<u32> {
    let (peer, gate) = (written(peer)?, written(gate)?);
    table.lines().find_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let ours = words.next()? == peer && words.next()? == gate;
        words.nth(4).filter(|_| ours)?.parse().ok()
    })
}

/// An address as the table writes it: the four bytes as one number of the machine.
#[cfg(any(target_os = "linux", test))]
fn written(address: SocketAddr) -> Option<String> {
    let SocketAddr::V4(address) = address else {
        return None;
    };
    let number = u32::from_ne_bytes(address.ip().octets());
    Some(format!("{number:08X}:{:04X}", address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_of_a_connection_is_read_from_the_kernels_table() {
        let gate = "127.0.0.1:8080".parse().unwrap();
        let peer: SocketAddr = "127.0.0.1:54321".parse().unwrap();
        let (peer_text, gate_text) = (written(peer).unwrap(), written(gate).unwrap());
        let table = format!(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
               0: {gate_text} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 1 1\n\
               1: {gate_text} {peer_text} 01 00000000:00000000 00:00000000 00000000     7        0 2 1\n\
               2: {peer_text} {gate_text} 01 00000000:00000000 00:00000000 00000000  1001        0 3 1\n"
        );
        assert_eq!(owner(&table, peer, gate), Some(1001));
        assert_eq!(owner(&table, gate, peer), Some(7));
        let other = "127.0.0.1:54322".parse().unwrap();
        assert_eq!(owner(&table, other, gate), None);
    }
}
