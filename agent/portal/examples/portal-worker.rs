//! The plugin worker by itself, as the tests of this crate start it; the product
//! starts it as `agentd worker`.

fn main() -> std::process::ExitCode {
    agent_portal::worker_main()
}
