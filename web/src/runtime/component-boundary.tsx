import { Component, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

interface Props {
  readonly id: string;
  readonly children: ReactNode;
}

/** A component that cannot be drawn shows so in its own place; the editor around it goes on. */
export class FrameBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="bd-frame-failed" role="alert">
        <span className="sp-cut">{this.props.id} could not be displayed.</span>
        <Button size="xs" onClick={() => this.setState({ failed: false })}>
          Try again
        </Button>
      </div>
    );
  }
}
