import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

interface Props {
  readonly id: string;
  readonly mode: 'live' | 'edit';
  /** What is drawn: once it is another, it is tried again. */
  readonly of: unknown;
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
  readonly of: unknown;
}

/** A component that cannot be drawn shows so in its own place; the page around it goes on. */
export class ComponentBoundary extends Component<Props, State> {
  override state: State = { failed: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ of }: Props, before: State): State | null {
    return of === before.of ? null : { failed: false, of };
  }

  override render(): ReactNode {
    const { id, mode, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <div className="rt-failed" role="alert">
        <span className="sp-cut">{id} could not be displayed.</span>
        {/* On a canvas, what stands in a frame takes no pointer. */}
        {mode === 'live' && (
          <Button size="xs" onClick={() => this.setState({ failed: false })}>
            Try again
          </Button>
        )}
      </div>
    );
  }
}
