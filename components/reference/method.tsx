import classes from './reference.module.css';

/** `GET`, `POST`: in one width, so that paths below each other line up. */
export const Method = ({ name }: { name: string }) => (
  <span className={classes.method} data-changes={name === 'GET' ? undefined : true}>
    {name}
  </span>
);
