//! The sockets of a process and its children, read from `/proc`.

use std::{
    collections::HashSet,
    fs,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

/// A TCP socket.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Socket {
    pub(crate) listening: bool,
    /// This end.
    pub(crate) local: Option<SocketAddr>,
    /// The other end; `None` for one that listens.
    pub(crate) remote: Option<SocketAddr>,
}

/// A process and what it holds.
#[derive(Debug)]
pub(crate) struct Process {
    /// Name of its program; empty once it has ended.
    pub(crate) name: String,
    pub(crate) tcp: Vec<Socket>,
    /// Those without an other end count as listening.
    pub(crate) udp: Vec<Socket>,
}

/// TCP sockets held by `pid` or any process below it.
pub(crate) fn of_tree(pid: u32) -> Vec<Socket> {
    let held: HashSet<String> = tree(pid).into_iter().flat_map(inodes).collect();
    among(&table(pid, "tcp"), &held)
}

/// `pid` and every process below it, with its sockets.
pub(crate) fn by_process(pid: u32) -> Vec<Process> {
    // The tables after the holders: a socket that is seen is someone's.
    let processes: Vec<(String, HashSet<String>)> = tree(pid)
        .into_iter()
        .map(|pid| {
            // Not the name of the thread: a child has that of its parent's until it
            // runs a program of its own.
            let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
            let name = program.file_name().unwrap_or_default().to_string_lossy();
            (name.into_owned(), inodes(pid).into_iter().collect())
        })
        .collect();
    let (tcp, udp) = (table(pid, "tcp"), table(pid, "udp"));
    let process = |(name, held): (String, HashSet<String>)| Process {
        name,
        tcp: among(&tcp, &held),
        udp: among(&udp, &held),
    };
    processes.into_iter().map(process).collect()
}

/// The lines of both tables of a protocol.
fn table(pid: u32, protocol: &str) -> Vec<String> {
    let of = |version: &str| {
        let path = format!("/proc/{pid}/net/{protocol}{version}");
        let table = fs::read_to_string(path).unwrap_or_default();
        table.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    [of(""), of("6")].concat()
}

fn among(table: &[String], held: &HashSet<String>) -> Vec<Socket> {
    table.iter().filter_map(|line| socket(line, held)).collect()
}

fn tree(pid: u32) -> Vec<u32> {
    let mut all = vec![pid];
    let mut at = 0;
    while let Some(pid) = all.get(at).copied() {
        let tasks = fs::read_dir(format!("/proc/{pid}/task"))
            .into_iter()
            .flatten()
            .flatten();
        for task in tasks {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            all.extend(
                children
                    .split_whitespace()
                    .filter_map(|child| child.parse::<u32>().ok()),
            );
        }
        at += 1;
    }
    all
}

fn inodes(pid: u32) -> Vec<String> {
    let open = fs::read_dir(format!("/proc/{pid}/fd"))
        .into_iter()
        .flatten()
        .flatten();
    open.filter_map(|fd| fs::read_link(fd.path()).ok())
        .filter_map(|link| {
            Some(
                link.to_str()?
                    .strip_prefix("socket:[")?
                    .trim_end_matches(']')
                    .to_owned(),
            )
        })
        .collect()
}

/// A line of such a table whose inode is held: local, remote and state in hexadecimal.
fn socket(line: &str, held: &HashSet<String>) -> Option<Socket> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (local, remote) = (fields.get(1)?, fields.get(2)?);
    let (state, inode) = (fields.get(3)?, fields.get(9)?);
    if !held.contains(*inode) {
        return None;
    }
    // 0A is a TCP socket that listens, 07 a UDP socket that is not connected.
    let listening = matches!(*state, "0A" | "07");
    Some(Socket {
        listening,
        local: address(local),
        remote: if listening { None } else { address(remote) },
    })
}

fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let words: Vec<u32> = (0..ip.len() / 8)
        .map(|at| u32::from_str_radix(&ip[at * 8..at * 8 + 8], 16).unwrap())
        .collect();
    let ip = match words.as_slice() {
        [word] => IpAddr::V4(Ipv4Addr::from(word.to_ne_bytes())),
        words => {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
            let ip = Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?);
            ip.to_ipv4_mapped().map_or(IpAddr::V6(ip), IpAddr::V4)
        }
    };
    Some(SocketAddr::new(ip, port))
}

#[test]
fn a_socket_of_this_process_is_found() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let there = listener.local_addr().unwrap();
    let _here = std::net::TcpStream::connect(there).unwrap();
    let found = of_tree(std::process::id());
    assert!(found.iter().any(|socket| socket.listening), "{found:?}");
    assert!(
        found.iter().any(|socket| socket.remote == Some(there)),
        "{found:?}"
    );
}
