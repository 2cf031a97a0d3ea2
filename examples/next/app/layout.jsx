import 'vitrine/vitrine.css';
import { Shop } from './shop.jsx';
import { config } from './config.js';

export const metadata = { title: 'Vitrine with Next.js', icons: { icon: 'data:,' } };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Shop config={config()}>{children}</Shop>
      </body>
    </html>
  );
}
