import { Component, type ReactNode } from "react";
import { isStale } from "../faults";
import { Trouble } from "./Trouble";

interface Props {
    children: ReactNode;
    /** Another one tries again: the address. */
    resetKey?: string;
    /** What floats above the page goes without a trace: the page below still works. */
    quiet?: boolean;
}

/** Shows what can be done when a part of the screen fails; the rest stays. What was typed is kept by drafts (`useDraft`). */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
    override state: { error: Error | null } = { error: null };

    static getDerivedStateFromError(error: Error) {
        return { error };
    }

    override componentDidUpdate(before: Props) {
        if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: null });
    }

    override render() {
        if (!this.state.error) return this.props.children;
        if (this.props.quiet) return null;
        return <Trouble isPage text={this.state.error.message} code={isStale(this.state.error) ? "client_stale" : "client_fault"} onRetry={() => this.setState({ error: null })} />;
    }
}
